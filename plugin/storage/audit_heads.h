// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "storage/signing_key.h"

namespace facet::storage {

/// The last event of one chain of the audit trail.
struct Head {
  std::string chain;
  std::int64_t number = 0;
  std::string mac;
  std::int64_t recorded_ms = 0;
};

/// One line of a book of heads: where chains stood at one time. A book is one append-only file
/// outside the database; each entry carries the digest of the line before it and is signed.
struct HeadEntry {
  std::string book;         // the file's own id
  std::int64_t number = 0;  // from 1, without gaps
  std::int64_t written_ms = 0;
  std::string previous;     // SHA-256 of the line before; empty in the first
  std::vector<Head> heads;  // chains that moved since the entry before
};

/// The key that signs heads: made from the audit key, so that one secret checks everything, while
/// its public half lets others check heads without being able to write any.
SigningKey head_key(std::string_view audit_key);

/// JSON and its signature as one line without its end.
std::string signed_line(std::string json, const SigningKey& key);
/// True if the line ends in a signature of what stands before it.
bool has_good_signature(std::string_view line, const SigningKey& key);

std::string write_entry(const HeadEntry& entry, const SigningKey& key);
/// Reads without checking the signature. Errors: invalid.
base::Result<HeadEntry> read_entry(std::string_view line);

/// All heads of any number of books, as a trail is compared with them.
class HeadSet {
 public:
  struct Point {
    std::int64_t number;
    std::string mac;
    std::int64_t written_ms;
  };

  /// Reads a book, as far as its last whole line.
  void read_book(std::istream& in, const SigningKey& key);
  /// Books one after the other: a new one starts with its entry 1.
  void read_books(std::istream& in, const SigningKey& key);
  /// The same line by line; end_book() checks the signature, which covers the lines before it.
  void add_line(std::string_view line);
  void end_book(const SigningKey& key);

  /// Heads that are vouched for already.
  void add_heads(const std::vector<Head>& heads, std::int64_t written_ms);

  /// By chain, in order of number.
  const std::map<std::string, std::vector<Point>>& chains();
  /// The last entry of each book.
  const std::map<std::string, std::int64_t>& books() const { return books_; }
  std::int64_t last_written_ms() const { return last_written_ms_; }
  /// What is wrong with the books themselves, one sentence each.
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  std::map<std::string, std::vector<Point>> chains_;
  bool sorted_ = true;
  std::map<std::string, std::int64_t> books_;
  std::int64_t last_written_ms_ = 0;
  std::vector<std::string> problems_;
  // of the book that is being read
  std::string line_;
  HeadEntry entry_;
  bool broken_ = false;
};

/// Reads one line of at most 16 MiB. False at the end, and for a last line that was not ended.
bool read_line(std::istream& in, std::string& line);

}  // namespace facet::storage
