// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <filesystem>
#include <memory>

#include "base/result.h"

namespace facet::beds {

/// One gateway at a time uses a folder of keys, whatever process it is in.
class FolderLock {
 public:
  /// Errors: unavailable, another gateway has it.
  static base::Result<std::unique_ptr<FolderLock>> take(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace facet::beds
