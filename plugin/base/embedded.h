// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace facet::base {

/// Files built into the library by packaging/cmake/FacetEmbed.cmake.
struct EmbeddedFile {
  const char* name;  // path below the ROOT given to facet_embed, e.g. "en-GB/secrets.md"
  const char* begin;
  const char* end;
  std::string_view text() const { return {begin, static_cast<std::size_t>(end - begin)}; }
};

struct EmbeddedFiles {
  const EmbeddedFile* table;
  std::size_t size;
  const EmbeddedFile* begin() const { return table; }
  const EmbeddedFile* end() const { return table + size; }
};

/// The bytes of one embedded file, valid for the life of the library.
inline std::optional<std::string_view> embedded(const EmbeddedFiles& files, std::string_view name) {
  for (const auto& file : files)
    if (name == file.name) return file.text();
  return {};
}

}  // namespace facet::base
