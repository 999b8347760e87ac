// SPDX-License-Identifier: MPL-2.0
#include "storage/session.h"

// soci-sqlite3.h wraps <sqlite3.h> in a namespace of its own and must come first.
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <unordered_map>

#include "base/uuid.h"
#include "storage/bulk_rows.h"

namespace facet::storage {
namespace {

using base::ErrorCode;

/// A parameter or column at an address that does not move while its statement lives.
struct Cell {
  Kind kind = Kind::text;
  long long integer = 0;
  std::string text;
  soci::indicator indicator = soci::i_ok;

  void set(const Value& value) {
    indicator = soci::i_ok;
    if (const auto* i = std::get_if<std::int64_t>(&value)) {
      integer = *i;
    } else if (const auto* s = std::get_if<std::string>(&value)) {
      // The drivers would cut the text there without a word.
      if (s->find('\0') != std::string::npos)
        throw StorageError(ErrorCode::invalid, "text may not hold the character NUL");
      text = *s;
    } else {
      indicator = soci::i_null;
    }
  }
  void get(Value& value) const {
    if (indicator == soci::i_null)
      value = std::monostate();
    else if (kind == Kind::integer)
      value = std::int64_t{integer};
    else
      value = text;
  }
};

Kind kind_of(const Value& value) {
  return std::holds_alternative<std::int64_t>(value) ? Kind::integer : Kind::text;
}

struct Prepared {
  Prepared(soci::session& session, std::span<const Value> values, std::span<const Kind> kinds)
      : in(values.size()), out(kinds.size()), row(kinds.size()), statement(session) {
    for (std::size_t i = 0; i < in.size(); ++i) in[i].kind = kind_of(values[i]);
    for (std::size_t i = 0; i < out.size(); ++i) out[i].kind = kinds[i];
  }
  bool fits(std::span<const Value> values, std::span<const Kind> kinds) const {
    const auto same = [](const Cell& cell, const Value& value) {
      return cell.kind == kind_of(value);
    };
    return std::equal(in.begin(), in.end(), values.begin(), values.end(), same) &&
           std::equal(out.begin(), out.end(), kinds.begin(), kinds.end(),
                      [](const Cell& cell, Kind kind) { return cell.kind == kind; });
  }

  std::vector<Cell> in;
  std::vector<Cell> out;
  std::vector<Value> row;
  bool running = false;
  soci::statement statement;
};

struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};
/// One text may be prepared more than once, with other kinds of values.
using Statements =
    std::unordered_map<std::string, std::vector<std::unique_ptr<Prepared>>, Hash, std::equal_to<>>;

std::vector<std::string_view> parameters(std::string_view sql) {
  std::vector<std::string_view> names;
  bool quoted = false;
  const auto in_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  for (std::size_t i = 0; i + 1 < sql.size(); ++i) {
    if (sql[i] == '\'') quoted = !quoted;
    if (quoted || sql[i] != ':') continue;
    const bool cast = sql[i + 1] == ':' || (i > 0 && sql[i - 1] == ':');
    if (cast || !in_name(sql[i + 1])) continue;
    std::size_t end = i + 1;
    while (end < sql.size() && in_name(sql[end])) ++end;
    names.push_back(sql.substr(i, end - i));
  }
  return names;
}

/// The driver binds NULL for a forgotten parameter without a word.
void check_parameters(std::string_view sql, std::size_t given) {
  auto names = parameters(sql);
  const auto count = names.size();
  std::sort(names.begin(), names.end());
  const bool twice = std::adjacent_find(names.begin(), names.end()) != names.end();
  if (count != given || twice)
    throw std::logic_error("parameters do not match: " + std::string(sql));
}

}  // namespace

struct Session::Impl {
  explicit Impl(const Settings& s) : settings(s) {}
  Settings settings;
  std::string chain;
  soci::session soci;
  Statements statements;
  bool lost = false;

  auto* sqlite() { return static_cast<soci::sqlite3_session_backend*>(soci.get_backend()); }
  auto* postgresql() { return static_cast<soci::postgresql_session_backend*>(soci.get_backend()); }

  void open_sqlite() {
    soci.open(soci::sqlite3, "db=\"" + settings.location + "\" timeout=10");
    sqlite_api::sqlite3_extended_result_codes(sqlite()->conn_, 1);
    start_log();
    run_script(
        "pragma synchronous=full; pragma foreign_keys=on; pragma busy_timeout=10000;"
        "pragma temp_store=memory; pragma recursive_triggers=on; pragma secure_delete=on;"
        "pragma wal_autocheckpoint=10000; pragma cache_size=-16000;");
    chain = "main";
  }

  /// Two programs that start on a new file at once: SQLite does not wait by itself here.
  void start_log() {
    for (int attempt = 1;; ++attempt) {
      try {
        return run_script("pragma journal_mode=wal");
      } catch (const StorageError& error) {
        if (error.code != ErrorCode::unavailable || attempt == 500) throw;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
    }
  }

  void open_postgresql() {
    soci.open(soci::postgresql, settings.location);
    run_script(
        "set timezone = 'UTC'; set client_min_messages = warning; set lock_timeout = '10s';");
    chain = base::uuid_v7(0).substr(14);
  }

  void run_script(const std::string& sql) {
    if (settings.dialect == Dialect::sqlite) {
      const int code =
          sqlite_api::sqlite3_exec(sqlite()->conn_, sql.c_str(), nullptr, nullptr, nullptr);
      if (code != SQLITE_OK) raise_sqlite(code);
      return;
    }
    finish(PQexec(postgresql()->conn_, sql.c_str()));
  }

  /// Clears a result of PostgreSQL, and throws if it is a failure.
  void finish(PGresult* result) {
    const auto status = PQresultStatus(result);
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char* text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const std::string sqlstate = state == nullptr ? "08000" : state;
    const std::string message = text == nullptr ? "connection lost" : text;
    PQclear(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
      raise_postgresql(sqlstate, message);
  }

  [[noreturn]] void raise_sqlite(int extended) {
    const std::string text = sqlite_api::sqlite3_errmsg(sqlite()->conn_);
    switch (extended & 0xff) {
      case SQLITE_CONSTRAINT:
        throw StorageError(ErrorCode::conflict, text);
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
      case SQLITE_FULL:
      case SQLITE_IOERR:
      case SQLITE_CANTOPEN:
      case SQLITE_READONLY:
        throw StorageError(ErrorCode::unavailable, text);
      default:
        throw StorageError(ErrorCode::internal, text);
    }
  }

  /// SQLSTATE classes: 23 integrity, 22 data, 08/57P connection, 53/55/57 resources, 40
  /// serialisation; FA is raised by Facet's own triggers. Texts of class 22 show values.
  [[noreturn]] void raise_postgresql(const std::string& sqlstate, const std::string& text) {
    const auto group = sqlstate.substr(0, 2);
    if (group == "08" || sqlstate.starts_with("57P") ||
        PQstatus(postgresql()->conn_) == CONNECTION_BAD)
      lost = true;
    if (lost) throw StorageError(ErrorCode::unavailable, "the connection is lost");
    if (group == "23" || group == "FA") throw StorageError(ErrorCode::conflict, text);
    if (group == "22") throw StorageError(ErrorCode::invalid, "SQLSTATE " + sqlstate);
    if (group == "40") throw StorageError(ErrorCode::unavailable, text, true);
    if (group == "53" || group == "55" || group == "57")
      throw StorageError(ErrorCode::unavailable, text);
    throw StorageError(ErrorCode::internal,
                       (group == "42" ? text + ", " : std::string()) + "SQLSTATE " + sqlstate);
  }

  [[noreturn]] void translate(const soci::soci_error& error) {
    if (const auto* e = dynamic_cast<const soci::sqlite3_soci_error*>(&error))
      raise_sqlite(e->result());
    if (const auto* e = dynamic_cast<const soci::postgresql_soci_error*>(&error)) {
      // Only the first line: DETAIL shows key values.
      const auto text = e->get_error_message();
      raise_postgresql(e->sqlstate(), text.substr(0, text.find('\n')));
    }
    throw StorageError(ErrorCode::internal, "the database driver refused the statement");
  }

  Prepared& prepare(std::string_view sql, std::span<const Value> in, std::span<const Kind> out) {
    auto found = statements.find(sql);
    if (found == statements.end()) {
      check_parameters(sql, in.size());
      found = statements.try_emplace(std::string(sql)).first;
    }
    for (auto& known : found->second)
      if (known->fits(in, out)) return *known;
    auto made = std::make_unique<Prepared>(soci, in, out);
    made->statement.alloc();
    made->statement.prepare(found->first);
    for (auto& cell : made->in)
      if (cell.kind == Kind::integer)
        made->statement.exchange(soci::use(cell.integer, cell.indicator));
      else
        made->statement.exchange(soci::use(cell.text, cell.indicator));
    for (auto& cell : made->out)
      if (cell.kind == Kind::integer)
        made->statement.exchange(soci::into(cell.integer, cell.indicator));
      else
        made->statement.exchange(soci::into(cell.text, cell.indicator));
    check_parameters(sql, in.size());
    made->statement.define_and_bind();
    return *found->second.emplace_back(std::move(made));
  }

  std::int64_t run(Prepared& prepared, std::span<const Value> in, const Session::OnRow& on_row) {
    for (std::size_t i = 0; i < in.size(); ++i) prepared.in[i].set(in[i]);
    const bool rows = !prepared.out.empty();
    bool more = prepared.statement.execute(true);
    if (!rows) return prepared.statement.get_affected_rows();
    // Fetched to the end always: a SELECT left open would pin the write-ahead log.
    for (; more; more = prepared.statement.fetch()) {
      for (std::size_t i = 0; i < prepared.out.size(); ++i) prepared.out[i].get(prepared.row[i]);
      on_row(prepared.row);
    }
    return 0;
  }

  /// A statement that broke off may still be open.
  void forget(std::string_view sql, const Prepared& broken) {
    auto& known = statements.find(sql)->second;
    std::erase_if(known, [&](const auto& prepared) { return prepared.get() == &broken; });
  }
};

Session::Session(const Settings& settings) : impl_(std::make_unique<Impl>(settings)) {
  try {
    if (settings.dialect == Dialect::sqlite)
      impl_->open_sqlite();
    else
      impl_->open_postgresql();
  } catch (const soci::soci_error& error) {
    throw StorageError(ErrorCode::unavailable,
                       std::string("cannot open the database: ") + error.get_error_message());
  }
}

Session::~Session() = default;

Dialect Session::dialect() const {
  return impl_->settings.dialect;
}
const std::string& Session::chain() const {
  return impl_->chain;
}
bool Session::usable() const {
  return !impl_->lost;
}

std::int64_t Session::run(std::string_view sql, std::span<const Value> in,
                          std::span<const Kind> out, const OnRow& on_row) {
  Prepared* prepared = nullptr;
  try {
    prepared = &impl_->prepare(sql, in, out);
    if (prepared->running) throw std::logic_error("a statement is run inside its own rows");
    prepared->running = true;
    const auto changed = impl_->run(*prepared, in, on_row);
    prepared->running = false;
    return changed;
  } catch (const soci::soci_error& error) {
    // It ended by itself, and can be run again; on PostgreSQL it could not be released now.
    if (prepared != nullptr) prepared->running = false;
    impl_->translate(error);
  } catch (const StorageError&) {
    if (prepared != nullptr) impl_->forget(sql, *prepared);
    throw;
  } catch (...) {
    if (prepared != nullptr) impl_->forget(sql, *prepared);
    throw;
  }
}

void Session::scan(std::string_view sql, std::span<const Value> in, const OnTextRow& on_row) {
  if (dialect() == Dialect::sqlite) {
    auto* connection = reinterpret_cast<::sqlite3*>(impl_->sqlite()->conn_);
    const int code = sqlite_rows(connection, sql, in, on_row);
    if (code != SQLITE_OK) impl_->raise_sqlite(code);
    return;
  }
  impl_->finish(postgresql_rows(impl_->postgresql()->conn_, std::string(sql), in, on_row));
}

void Session::run_script(const std::string& sql) {
  impl_->run_script(sql);
}

void Session::control(std::string_view sql) {
  if (impl_->settings.dialect == Dialect::sqlite)
    run(sql, {}, {}, nullptr);
  else
    impl_->run_script(std::string(sql));
}

bool Session::in_transaction() const {
  if (impl_->settings.dialect == Dialect::sqlite)
    return sqlite_api::sqlite3_get_autocommit(impl_->sqlite()->conn_) == 0;
  return PQtransactionStatus(impl_->postgresql()->conn_) != PQTRANS_IDLE;
}

Dialect Transaction::dialect() const {
  return session_.dialect();
}
const std::string& Transaction::chain() const {
  return session_.chain();
}

std::int64_t Transaction::run(std::string_view sql, std::span<const Value> in,
                              std::span<const Kind> out,
                              const std::function<void(std::vector<Value>&)>& on_row) {
  if (failed_)
    throw StorageError(ErrorCode::internal, "a statement of this transaction has failed");
  try {
    return session_.run(sql, in, out, on_row);
  } catch (...) {
    failed_ = true;
    throw;
  }
}

void Transaction::scan(std::string_view sql, const std::vector<Value>& in,
                       const OnTextRow& on_row) {
  if (failed_)
    throw StorageError(ErrorCode::internal, "a statement of this transaction has failed");
  try {
    session_.scan(sql, in, on_row);
  } catch (...) {
    failed_ = true;
    throw;
  }
}

}  // namespace facet::storage
