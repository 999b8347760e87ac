// SPDX-License-Identifier: MPL-2.0
#include "storage/session.h"

// soci-sqlite3.h wraps <sqlite3.h> in a namespace of its own and must come first.
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <soci/postgresql/soci-postgresql.h>

#include <list>
#include <map>

#include "base/uuid.h"

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
    if (const auto* i = std::get_if<std::int64_t>(&value))
      integer = *i;
    else if (const auto* s = std::get_if<std::string>(&value))
      text = *s;
    else
      indicator = soci::i_null;
  }
  Value get() const {
    if (indicator == soci::i_null) return {};
    if (kind == Kind::integer) return std::int64_t{integer};
    return text;
  }
};

struct Prepared {
  explicit Prepared(soci::session& session) : statement(session) {}
  std::list<Cell> in;
  std::list<Cell> out;
  soci::statement statement;
};

std::string cache_key(std::string_view sql, const std::vector<Value>& in,
                      std::span<const Kind> out) {
  std::string key(sql);
  key += '\n';
  for (const auto& value : in) key += std::holds_alternative<std::int64_t>(value) ? 'i' : 't';
  key += '\n';
  for (const auto kind : out) key += static_cast<char>(kind);
  return key;
}

std::size_t count_parameters(std::string_view sql) {
  std::size_t count = 0;
  bool quoted = false;
  for (std::size_t i = 0; i + 1 < sql.size(); ++i) {
    if (sql[i] == '\'') quoted = !quoted;
    if (quoted || sql[i] != ':') continue;
    const char next = sql[i + 1];
    const bool cast = next == ':' || (i > 0 && sql[i - 1] == ':');
    if (!cast && ((next >= 'a' && next <= 'z') || next == '_')) ++count;
  }
  return count;
}

}  // namespace

struct Session::Impl {
  explicit Impl(const Settings& s) : settings(s) {}
  Settings settings;
  std::string chain;
  soci::session soci;
  std::map<std::string, std::unique_ptr<Prepared>> statements;
  bool lost = false;

  auto* sqlite() { return static_cast<soci::sqlite3_session_backend*>(soci.get_backend()); }
  auto* postgresql() { return static_cast<soci::postgresql_session_backend*>(soci.get_backend()); }

  void open_sqlite() {
    soci.open(soci::sqlite3, "db=\"" + settings.location + "\" timeout=10");
    sqlite_api::sqlite3_extended_result_codes(sqlite()->conn_, 1);
    run_script(
        "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;"
        "pragma busy_timeout=10000; pragma temp_store=memory; pragma recursive_triggers=on;"
        "pragma wal_autocheckpoint=10000; pragma cache_size=-16000; pragma mmap_size=268435456;");
    chain = "main";
  }

  void open_postgresql() {
    soci.open(soci::postgresql, settings.location);
    run_script("set timezone = 'UTC'; set client_min_messages = warning; set lock_timeout = '10s';");
    chain = base::uuid_v7(0).substr(14);
  }

  void run_script(const std::string& sql) {
    if (settings.dialect == Dialect::sqlite) {
      const int code = sqlite_api::sqlite3_exec(sqlite()->conn_, sql.c_str(), nullptr, nullptr,
                                                nullptr);
      if (code != SQLITE_OK) raise_sqlite(code);
      return;
    }
    auto* connection = postgresql()->conn_;
    PGresult* result = PQexec(connection, sql.c_str());
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

  /// SQLSTATE classes: 23 integrity, 08/57/53 connection and resources, 40 serialisation; FA is
  /// raised by Facet's own triggers.
  [[noreturn]] void raise_postgresql(const std::string& sqlstate, const std::string& text) {
    const auto group = sqlstate.substr(0, 2);
    if (group == "23" || group == "FA") throw StorageError(ErrorCode::conflict, text);
    if (group == "40") throw StorageError(ErrorCode::unavailable, text, true);
    if (group == "08" || group == "57") lost = true;
    if (lost || group == "53" || group == "55") throw StorageError(ErrorCode::unavailable, text);
    throw StorageError(ErrorCode::internal, text + " (SQLSTATE " + sqlstate + ")");
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

  Prepared& prepare(std::string_view sql, const std::vector<Value>& in, std::span<const Kind> out) {
    auto& slot = statements[cache_key(sql, in, out)];
    if (slot) return *slot;
    // The driver binds NULL for a forgotten parameter without a word.
    if (count_parameters(sql) != in.size())
      throw std::logic_error("parameters do not match: " + std::string(sql));
    auto prepared = std::make_unique<Prepared>(soci);
    prepared->statement.alloc();
    prepared->statement.prepare(std::string(sql));
    for (const auto& value : in) {
      auto& cell = prepared->in.emplace_back();
      if (std::holds_alternative<std::int64_t>(value)) {
        cell.kind = Kind::integer;
        prepared->statement.exchange(soci::use(cell.integer, cell.indicator));
      } else {
        prepared->statement.exchange(soci::use(cell.text, cell.indicator));
      }
    }
    for (const auto kind : out) {
      auto& cell = prepared->out.emplace_back();
      cell.kind = kind;
      if (kind == Kind::integer)
        prepared->statement.exchange(soci::into(cell.integer, cell.indicator));
      else
        prepared->statement.exchange(soci::into(cell.text, cell.indicator));
    }
    prepared->statement.define_and_bind();
    slot = std::move(prepared);
    return *slot;
  }

  std::int64_t run(std::string_view sql, const std::vector<Value>& in, std::span<const Kind> out,
                   const std::function<void(std::vector<Value>&)>& on_row) {
    auto& prepared = prepare(sql, in, out);
    auto cell = prepared.in.begin();
    for (const auto& value : in) (cell++)->set(value);
    std::vector<Value> row(out.size());
    // Fetched to the end always: a SELECT left open would pin the write-ahead log.
    for (bool more = prepared.statement.execute(true); more; more = prepared.statement.fetch()) {
      if (out.empty()) break;
      auto column = prepared.out.begin();
      for (auto& value : row) value = (column++)->get();
      on_row(row);
    }
    return out.empty() ? prepared.statement.get_affected_rows() : 0;
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

Dialect Session::dialect() const { return impl_->settings.dialect; }
const std::string& Session::chain() const { return impl_->chain; }
bool Session::usable() const { return !impl_->lost; }

std::int64_t Session::run(std::string_view sql, const std::vector<Value>& in,
                          std::span<const Kind> out,
                          const std::function<void(std::vector<Value>&)>& on_row) {
  try {
    return impl_->run(sql, in, out, on_row);
  } catch (const soci::soci_error& error) {
    impl_->statements.erase(cache_key(sql, in, out));
    impl_->translate(error);
  } catch (...) {
    impl_->statements.erase(cache_key(sql, in, out));
    throw;
  }
}

void Session::run_script(const std::string& sql) { impl_->run_script(sql); }

bool Session::in_transaction() const {
  if (impl_->settings.dialect == Dialect::sqlite)
    return sqlite_api::sqlite3_get_autocommit(impl_->sqlite()->conn_) == 0;
  return PQtransactionStatus(impl_->postgresql()->conn_) != PQTRANS_IDLE;
}

Dialect Transaction::dialect() const { return session_.dialect(); }
const std::string& Transaction::chain() const { return session_.chain(); }

std::int64_t Transaction::run(std::string_view sql, const std::vector<Value>& in,
                              std::span<const Kind> out,
                              const std::function<void(std::vector<Value>&)>& on_row) {
  return session_.run(sql, in, out, on_row);
}

}  // namespace facet::storage
