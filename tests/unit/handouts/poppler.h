// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace facet::handouts::test {

/// Runs a program of poppler or qpdf on the document, which stands for @; its output, one blank
/// between words.
inline std::string ask(const std::string& program, const std::string& pdf, int* status = nullptr) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("facet-handout-" + std::to_string(::getpid()) + "-" +
                     std::to_string(std::rand()) + ".pdf");
  std::ofstream(path, std::ios::binary) << pdf;
  const auto at = program.find('@');
  const auto command = program.substr(0, at) + path.string() + program.substr(at + 1) + " 2>&1";
  FILE* out = popen(command.c_str(), "r");
  REQUIRE(out != nullptr);
  std::string text;
  for (int c; (c = std::fgetc(out)) != EOF;) {
    const bool blank = c == '\n' || c == ' ' || c == '\f';
    if (!blank)
      text += static_cast<char>(c);
    else if (!text.empty() && text.back() != ' ')
      text += ' ';
  }
  const int ended = pclose(out);
  if (status) *status = ended;
  std::filesystem::remove(path);
  return text;
}

}  // namespace facet::handouts::test
