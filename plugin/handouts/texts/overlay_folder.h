// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "handouts/texts/text_pack.h"

namespace facet::handouts {

/// One text of a clinic's own folder, as the file system knows it: a change shows without reading.
struct OverlayFile {
  std::string name;
  std::uint64_t inode = 0;
  std::int64_t size = 0;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;
  bool regular = false;
  bool operator==(const OverlayFile&) const = default;
};

/// The folders' names in `root`, sorted; none where there is no root.
std::vector<std::string> overlay_folders(const std::filesystem::path& root);

/// The *.md of `root`/`folder` by name; none where it is no folder. Refused when there are too
/// many.
base::Result<std::vector<OverlayFile>> overlay_files(const std::filesystem::path& root,
                                                     const std::string& folder);

/// Their words. Anything but a readable regular file of at most 64 KB is refused by its name.
base::Result<std::vector<TextSource>> read_overlay(const std::filesystem::path& root,
                                                   const std::string& folder,
                                                   const std::vector<OverlayFile>& files);

}  // namespace facet::handouts
