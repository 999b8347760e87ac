// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/private_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "hosts/common/host_error.h"

namespace facet::hosts {
namespace {

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path) {
  throw HostError("cannot " + what + " " + path.string() + ": " + std::strerror(errno));
}

class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

void write_all(int descriptor, const std::string& content, const std::filesystem::path& file) {
  size_t written = 0;
  while (written < content.size()) {
    const ssize_t count = ::write(descriptor, content.data() + written, content.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("write", file);
    written += static_cast<size_t>(count);
  }
}

}  // namespace

void make_private_folder(const std::filesystem::path& folder) {
  if (folder.has_parent_path()) {
    std::error_code error;
    std::filesystem::create_directories(folder.parent_path(), error);
  }
  if (::mkdir(folder.c_str(), 0700) != 0 &&
      (errno != EEXIST || !std::filesystem::is_directory(folder))) {
    fail("make the folder", folder);
  }
  if (::chmod(folder.c_str(), 0700) != 0) fail("close to others the folder", folder);
}

void write_private_file(const std::filesystem::path& file, const std::string& content) {
  std::filesystem::path fresh = file;
  fresh += ".new";
  {
    const Descriptor out(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (out.get() < 0) fail("write", fresh);
    if (::fchmod(out.get(), 0600) != 0) fail("close to others", fresh);
    write_all(out.get(), content, fresh);
    if (::fsync(out.get()) != 0) fail("write", fresh);
  }
  if (::rename(fresh.c_str(), file.c_str()) != 0) fail("replace", file);
  const std::filesystem::path parent = file.has_parent_path() ? file.parent_path() : ".";
  const Descriptor folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() >= 0) ::fsync(folder.get());
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) fail("read", file);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

FileLock::FileLock(const std::filesystem::path& file, Mode mode) {
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0) fail("lock", file);
  const int operation = mode == Mode::wait ? LOCK_EX : LOCK_EX | LOCK_NB;
  while (!(held_ = ::flock(descriptor_, operation) == 0) && errno == EINTR) {
  }
}

FileLock::~FileLock() {
  ::close(descriptor_);
}

}  // namespace facet::hosts
