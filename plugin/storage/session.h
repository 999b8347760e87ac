// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <memory>
#include <string>

#include "storage/transaction.h"

namespace facet::storage {

/// Which database, and how to reach it.
struct Settings {
  Dialect dialect = Dialect::sqlite;
  std::string location;  // SQLite: file path; PostgreSQL: libpq connection string
};

/// One connection with its prepared statements. Threads: one at a time.
class Session {
 public:
  /// Throws StorageError(unavailable) if the database cannot be opened.
  explicit Session(const Settings& settings);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Dialect dialect() const;
  /// Names the audit chain that this session writes: one for SQLite, one a session for PostgreSQL.
  const std::string& chain() const;

  using OnRow = std::function<void(std::vector<Value>&)>;
  std::int64_t run(std::string_view sql, std::span<const Value> in, std::span<const Kind> out,
                   const OnRow& on_row);
  /// Rows as text, for long walks: parameters are $1, $2 ... in order.
  void scan(std::string_view sql, std::span<const Value> in, const OnTextRow& on_row);
  /// BEGIN, COMMIT, ROLLBACK, SAVEPOINT.
  void control(std::string_view sql);
  /// Runs a text of several statements without parameters (migrations, settings).
  void run_script(const std::string& sql);
  /// False if the engine has already rolled the transaction back by itself.
  bool in_transaction() const;
  /// False once the connection is lost; the pool then drops the session.
  bool usable() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace facet::storage
