// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <sys/wait.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

namespace facet::hosts::testing {

/// How the built `facet` ended.
struct Outcome {
  int exit_code = -1;
  std::string output;  // both streams
};

inline Outcome run(const std::string& words, const std::string& plugin = ECHO_PLUGIN) {
  const std::string line =
      "timeout 60 " + std::string(FACET_PROGRAM) + " --plugin " + plugin + " " + words + " 2>&1";
  std::FILE* pipe = popen(line.c_str(), "r");
  REQUIRE(pipe);
  Outcome outcome;
  std::array<char, 512> block{};
  while (std::fgets(block.data(), block.size(), pipe)) outcome.output += block.data();
  outcome.exit_code = WEXITSTATUS(pclose(pipe));
  return outcome;
}

// The word after `label` in what a command printed.
inline std::string word_after(const std::string& output, const std::string& label) {
  const size_t at = output.find(label);
  REQUIRE(at != std::string::npos);
  const size_t start = output.find_first_not_of(' ', at + label.size());
  return output.substr(start, output.find_first_of(" \n", start) - start);
}

inline size_t lines_of(const std::string& text) {
  return static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace facet::hosts::testing
