// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "handouts/texts/text_pack.h"

namespace facet::handouts::test {

inline const std::vector<std::string> all_languages{"ar", "en-GB", "ko", "pl"};

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path);
  REQUIRE(file);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The texts of the tree in one language, by name.
inline std::vector<TextSource> sources_of(const std::string& language) {
  std::vector<TextSource> sources;
  for (const auto& entry : std::filesystem::directory_iterator(HANDOUT_TEXTS "/" + language))
    sources.push_back({entry.path().filename().string(), read_text(entry.path())});
  std::sort(sources.begin(), sources.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return sources;
}

inline std::string& text_of(std::vector<TextSource>& sources, const std::string& name) {
  const auto found = std::find_if(sources.begin(), sources.end(),
                                  [&](const auto& source) { return source.name == name; });
  REQUIRE(found != sources.end());
  return found->text;
}

/// A text with `from` replaced by `to`, once.
inline std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace facet::handouts::test
