// SPDX-License-Identifier: MPL-2.0
#include "handouts/texts/overlay_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <utility>

#include "handouts/texts/commonmark.h"

namespace facet::handouts {
namespace {

constexpr std::size_t most_files = 40;
constexpr std::size_t most_folders = 500;
constexpr std::int64_t ns_per_s = 1'000'000'000;

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};
using OpenFolder = std::unique_ptr<DIR, CloseFolder>;

OpenFolder open_folder(const std::filesystem::path& path, int flags) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
  if (fd < 0) return nullptr;
  OpenFolder folder(::fdopendir(fd));
  if (!folder) ::close(fd);
  return folder;
}

std::int64_t nanoseconds(const timespec& time) {
  return static_cast<std::int64_t>(time.tv_sec) * ns_per_s + time.tv_nsec;
}

OverlayFile overlay_file(std::string name, const struct stat& status) {
  return {std::move(name),
          status.st_ino,
          status.st_size,
          nanoseconds(status.st_mtim),
          nanoseconds(status.st_ctim),
          S_ISREG(status.st_mode)};
}

/// At most one byte more than a text may have, so that read_commonmark sees that it is too long.
base::Result<std::string> read_text(const Descriptor& file, const std::string& name) {
  std::string text(longest_text + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const auto got = ::read(file.get(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return text_error(name, 1, "cannot be read.");
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return text;
}

}  // namespace

std::vector<std::string> overlay_folders(const std::filesystem::path& root) {
  std::vector<std::string> names;
  const auto folder = open_folder(root, 0);
  if (!folder) return names;
  while (const auto* entry = ::readdir(folder.get())) {
    const std::string name = entry->d_name;
    struct stat status {};
    if (name.starts_with('.') || names.size() == most_folders) continue;
    if (::fstatat(::dirfd(folder.get()), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISDIR(status.st_mode))
      names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

base::Result<std::vector<OverlayFile>> overlay_files(const std::filesystem::path& root,
                                                     const std::string& name) {
  std::vector<OverlayFile> files;
  const auto folder = open_folder(root / name, O_NOFOLLOW);
  if (!folder && errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
    return base::invalid(name, "handouts/" + name + " cannot be read.");
  if (!folder) return files;
  while (const auto* entry = ::readdir(folder.get())) {
    const std::string file = entry->d_name;
    struct stat status {};
    if (file.starts_with('.') || !file.ends_with(".md")) continue;
    if (files.size() == most_files)
      return base::invalid(name, "handouts/" + name + " has more than 40 texts.");
    if (::fstatat(::dirfd(folder.get()), file.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0)
      files.push_back(overlay_file(file, status));
  }
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return files;
}

base::Result<std::vector<TextSource>> read_overlay(const std::filesystem::path& root,
                                                   const std::string& name,
                                                   const std::vector<OverlayFile>& files) {
  std::vector<TextSource> sources;
  if (files.empty()) return sources;
  const auto folder = open_folder(root / name, O_NOFOLLOW);
  if (!folder) return base::invalid(name, "handouts/" + name + " cannot be read.");
  for (const auto& known : files) {
    // O_NONBLOCK: a pipe put there would wait for its writer.
    const Descriptor file(::openat(::dirfd(folder.get()), known.name.c_str(),
                                   O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat status {};
    if (!known.regular ||
        (file.ok() && (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))))
      return text_error(known.name, 1, "is not a regular file.");
    if (!file.ok()) return text_error(known.name, 1, "cannot be read.");
    auto text = read_text(file, known.name);
    if (!text) return base::pass(text);
    sources.push_back({known.name, std::move(*text)});
  }
  return sources;
}

}  // namespace facet::handouts
