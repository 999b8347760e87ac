// SPDX-License-Identifier: MPL-2.0
#include "entry/clinic_measures.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace facet::entry {
namespace {

namespace fs = std::filesystem;
using base::Result;

constexpr std::uintmax_t most_bytes = 1 << 20;
constexpr std::size_t most_packs = 100;

Result<knowledge::MeasurePack> read_pack(const fs::path& path) {
  const auto name = path.filename().string();
  std::error_code error;
  const auto size = fs::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file)
    return base::invalid("measures/" + name, "The outcome measure measures/" + name + " cannot be read.");
  if (size > most_bytes)
    return base::invalid("measures/" + name, "The outcome measure measures/" + name + " is larger than 1 MB.");
  return knowledge::MeasurePack{
      name, std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>())};
}

}  // namespace

Result<knowledge::Measures> load_clinic_measures(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == ".json") paths.push_back(entry.path());
  if (error && error != std::errc::no_such_file_or_directory)
    return base::invalid("measures", "The folder measures cannot be read.");
  std::sort(paths.begin(), paths.end());
  if (paths.size() > most_packs)
    return base::invalid("measures", "The folder measures has more than 100 outcome measures.");
  auto packs = knowledge::embedded_measure_packs();
  for (const auto& path : paths) {
    auto pack = read_pack(path);
    if (!pack) return base::pass(pack);
    packs.push_back(std::move(*pack));
  }
  auto measures = knowledge::load_measures(packs);
  if (!measures) {
    const auto& found = measures.error();
    return base::invalid(found.field, "An outcome measure cannot be used: " +
                                          (found.reasons.empty() ? found.field + ": " + found.message
                                                                 : found.reasons.front()));
  }
  for (const char* taken : {"screening", "recheck"})
    if (measures->find(taken) != nullptr)
      return base::invalid("measures", std::string("No outcome measure may have the id ") + taken + ".");
  return measures;
}

}  // namespace facet::entry
