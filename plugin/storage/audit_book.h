// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <filesystem>
#include <functional>

#include "storage/audit_heads.h"

namespace facet::storage {

/// The file of signed heads, open and locked: shared to read, or alone to append. Threads: one.
class AuditBook {
 public:
  /// A missing file reads as an empty one. Waits for whoever holds the lock. Errors: unavailable.
  static base::Result<AuditBook> open_to_read(const std::filesystem::path& file);
  /// Makes the file (0600) and its folder (0700) if they are not there, and cuts off a line that
  /// was not ended.
  static base::Result<AuditBook> open_to_append(const std::filesystem::path& file);
  AuditBook(AuditBook&& other) noexcept;
  AuditBook& operator=(AuditBook&&) = delete;
  ~AuditBook();

  /// Bytes up to the end of the last whole line.
  std::int64_t size() const { return size_; }
  /// Without its end; empty if there is none.
  const std::string& last_line() const { return last_line_; }
  /// All whole lines, in pieces of at most 64 KiB; false from `on_piece` stops. Needs no lock: what
  /// was whole stays as it is. Throws std::runtime_error if the file cannot be read.
  void each_piece(const std::function<bool(std::string_view)>& on_piece) const;
  /// On disk when it returns. Errors: unavailable.
  base::Status append(const std::string& line);
  /// Lets others append; what this one knows of the file stays true.
  void unlock();

 private:
  std::string read(std::int64_t from, std::int64_t to) const;
  AuditBook(int file, std::filesystem::path path);
  base::Status find_end();

  int file_;
  std::filesystem::path path_;
  std::int64_t size_ = 0;
  std::string last_line_;
};

}  // namespace facet::storage
