// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/clock.h"
#include "storage/audit_book.h"
#include "storage/audit_chain.h"
#include "storage/database.h"

namespace facet::storage {

/// Keeps the signed heads of the trail in a file beside the database: at the start, within a minute
/// or a thousand events of what happened, and at the end; never in the way of a request. Each entry
/// is noted in the trail itself, so that a missing or shortened file shows too. Threads: safe.
class AuditKeeper {
 public:
  AuditKeeper(Database& database, const AuditChain& audit, const Keys& keys,
              const base::Clock& clock, const std::filesystem::path& data);
  /// Stops, and writes the last heads.
  ~AuditKeeper();

  /// Errors: unavailable if the file cannot be written.
  base::Status start();

  /// Writes heads now, unless nothing but such notes has happened. Errors: unavailable, internal.
  base::Status write_heads();

  /// Holds the file still, so that it and the snapshot of a transaction belong together: to be
  /// taken before the transaction, and given to verify().
  base::Result<AuditBook> hold_heads() const { return AuditBook::open_to_read(file_); }

  /// Checks the whole trail against the file and `more`, other books of heads as text; gives `book`
  /// free once the transaction has its snapshot. Throws StorageError.
  ChainReport verify(Transaction& tx, AuditBook& book, std::string_view more) const;

  /// Writes heads, then the trail up to them, piece by piece; `out` is false once nobody reads.
  /// Errors: unavailable, internal.
  base::Status write_trail(const std::function<bool(std::string_view)>& out);

  /// The same of the book of heads alone.
  base::Status write_book(const std::function<bool(std::string_view)>& out) const;

  const SigningKey& key() const { return key_; }

 private:
  void work(const std::stop_token& stop);
  base::Result<AuditBook> open_book() const;
  base::Result<std::vector<Head>> moved_heads(const AuditBook& book);
  bool is_news(Transaction& tx, const Head& head) const;
  base::Status note(const HeadEntry& entry);
  bool write_events(Transaction& tx, const Head& head, std::int64_t& from, std::string& into) const;

  Database& database_;
  const AuditChain& audit_;
  const base::Clock& clock_;
  const SigningKey key_;
  const std::filesystem::path file_;
  const std::string place_;  // which server and folder writes this book

  std::mutex mutex_;
  std::condition_variable_any tick_;
  std::string book_;                          // guarded by mutex_, as are:
  std::map<std::string, std::int64_t> last_;  // by chain, what this program wrote or found
  std::int64_t since_ms_ = 0;                 // chains that ended before are in the book
  std::jthread thread_;
};

}  // namespace facet::storage
