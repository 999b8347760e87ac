// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <mutex>

#include "base/result.h"
#include "handouts/brand.h"

namespace facet::handouts {

/// The look in a clinic's own folder: logo.svg or logo.png, and style.json, {"color": "#0a4f5c"}.
/// Read once, and again when a file changes. Threads: safe.
class BrandFolder {
 public:
  /// `folder` need not exist: then all is ours.
  explicit BrandFolder(std::optional<std::filesystem::path> folder);

  /// Errors: invalid, with the file and what is wrong with it: nothing is printed in half a look.
  base::Result<std::shared_ptr<const Brand>> read() const;

 private:
  /// How the files stand; a change shows without reading them.
  struct Stamp {
    std::uint64_t inode = 0;
    std::int64_t size = -1, modified_ns = 0, changed_ns = 0;
    bool operator==(const Stamp&) const = default;
  };
  using Stamps = std::array<Stamp, 3>;

  Stamps stamps() const;
  base::Result<std::shared_ptr<const Brand>> load(const Stamps& now) const;

  const std::optional<std::filesystem::path> folder_;
  mutable std::mutex mutex_;
  mutable std::optional<Stamps> kept_stamps_;
  mutable base::Result<std::shared_ptr<const Brand>> kept_;
};

/// Contrast of two colours by WCAG 2.1, 1 to 21.
double contrast(const Color& a, const Color& b);

}  // namespace facet::handouts
