// SPDX-License-Identifier: MPL-2.0
#include "storage/audit_book.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace facet::storage {
namespace {

constexpr std::int64_t block = 64 * 1024;

tl::unexpected<base::Error> failed(const std::filesystem::path& path, const char* what) {
  return base::fail(base::ErrorCode::unavailable, "audit",
                    "The signed heads " + path.string() + " cannot be " + what + ".");
}

bool lock(int file, int how) {
  int done = ::flock(file, how);
  while (done != 0 && errno == EINTR) done = ::flock(file, how);
  return done == 0;
}

void sync_folder(const std::filesystem::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

}  // namespace

AuditBook::AuditBook(int file, std::filesystem::path path) : file_(file), path_(std::move(path)) {}

AuditBook::AuditBook(AuditBook&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      path_(std::move(other.path_)),
      size_(other.size_),
      last_line_(std::move(other.last_line_)) {}

AuditBook::~AuditBook() {
  if (file_ >= 0) ::close(file_);
}

base::Result<AuditBook> AuditBook::open_to_read(const std::filesystem::path& path) {
  AuditBook book(::open(path.c_str(), O_RDONLY | O_CLOEXEC), path);
  if (book.file_ < 0) {
    if (errno == ENOENT) return book;
    return failed(path, "read");
  }
  if (!lock(book.file_, LOCK_SH)) return failed(path, "locked");
  if (auto found = book.find_end(); !found) return base::pass(found);
  return book;
}

base::Result<AuditBook> AuditBook::open_to_append(const std::filesystem::path& path) {
  const auto folder = path.parent_path();
  std::error_code error;
  if (std::filesystem::create_directories(folder, error))
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  AuditBook book(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600), path);
  if (book.file_ < 0 || !lock(book.file_, LOCK_EX)) return failed(path, "written");
  if (auto found = book.find_end(); !found) return base::pass(found);
  if (::ftruncate(book.file_, book.size_) != 0) return failed(path, "written");
  if (book.size_ == 0) sync_folder(folder);
  return book;
}

base::Status AuditBook::find_end() {
  struct stat info {};
  if (::fstat(file_, &info) != 0) return failed(path_, "read");
  std::string tail;
  try {
    // Backwards, until the tail holds the last whole line and the end of the one before it.
    for (std::int64_t from = info.st_size; from > 0;) {
      const auto to = from;
      from = std::max<std::int64_t>(0, from - block);
      tail.insert(0, read(from, to));
      const auto end = tail.rfind('\n');
      if (end == std::string::npos) continue;
      const auto start = end == 0 ? std::string::npos : tail.rfind('\n', end - 1);
      if (start == std::string::npos && from > 0) continue;
      size_ = from + static_cast<std::int64_t>(end) + 1;
      last_line_ = tail.substr(start == std::string::npos ? 0 : start + 1,
                               end - (start == std::string::npos ? 0 : start + 1));
      return {};
    }
  } catch (const std::runtime_error&) {
    return failed(path_, "read");
  }
  return {};
}

std::string AuditBook::read(std::int64_t from, std::int64_t to) const {
  std::string bytes(static_cast<std::size_t>(std::min(block, to - from)), '\0');
  const auto size = ::pread(file_, bytes.data(), bytes.size(), from);
  if (size <= 0) throw std::runtime_error("the signed heads cannot be read");
  bytes.resize(static_cast<std::size_t>(size));
  return bytes;
}

void AuditBook::each_piece(const std::function<bool(std::string_view)>& on_piece) const {
  for (std::int64_t at = 0; at < size_;) {
    const auto piece = read(at, size_);
    if (!on_piece(piece)) return;
    at += static_cast<std::int64_t>(piece.size());
  }
}

base::Status AuditBook::append(const std::string& line) {
  const auto whole = line + "\n";
  const auto written = ::write(file_, whole.data(), whole.size());
  if (written != static_cast<ssize_t>(whole.size()) || ::fsync(file_) != 0)
    return failed(path_, "written");
  size_ += written;
  last_line_ = line;
  return {};
}

void AuditBook::unlock() {
  if (file_ >= 0) (void)lock(file_, LOCK_UN);
}

}  // namespace facet::storage
