// SPDX-License-Identifier: MPL-2.0
// facet-knowledge-check SYMPTOMS SCREENING [MEASURE...]: prints what is wrong with the files; part
// of the build.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "knowledge/check.h"

namespace {

std::string read(const char* path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: facet-knowledge-check SYMPTOMS SCREENING [MEASURE...]\n";
    return 2;
  }
  std::vector<facet::knowledge::MeasurePack> packs;
  for (int i = 3; i < argc; ++i)
    packs.push_back({std::filesystem::path(argv[i]).filename().string(), read(argv[i])});
  const auto measures = facet::knowledge::read_and_check(packs);
  const auto files = facet::knowledge::read_and_check(read(argv[1]), read(argv[2]));
  for (const auto* findings : {&files.findings, &measures.findings})
    for (const auto& finding : *findings)
      std::cerr << finding.where << ": " << finding.what << '\n';
  if (!files.findings.empty() || !measures.findings.empty()) return 1;
  std::cout << files.symptoms.symptoms.size() << " symptoms, " << files.symptoms.nerves.size()
            << " nerves, " << files.symptoms.spinal_levels.size() << " levels, "
            << files.screening.red_flags.size() << " red flags, "
            << files.screening.contraindications.size() << " contraindications, "
            << measures.measures.size() << " measures\n";
  return 0;
}
