// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <filesystem>
#include <string>

namespace facet::hosts {

/// Makes a folder that only its owner may enter (0700), with its parents.
void make_private_folder(const std::filesystem::path& folder);
/// Replaces a file that only its owner may read (0600) as one step that survives a power cut.
void write_private_file(const std::filesystem::path& file, const std::string& content);
/// Throws HostError if the file cannot be read.
std::string read_file(const std::filesystem::path& file);

/// Holds an advisory lock on a file, which it makes; released at the end of its life and of the
/// process.
class FileLock {
 public:
  enum class Mode { wait, try_once };
  explicit FileLock(const std::filesystem::path& file, Mode mode = Mode::wait);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  bool held() const { return held_; }

 private:
  int descriptor_ = -1;
  bool held_ = false;
};

}  // namespace facet::hosts
