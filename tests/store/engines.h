// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <libpq-fe.h>
#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "storage/act.h"

namespace facet::testing {

using storage::Dialect;

inline constexpr std::int64_t now_ms = 1'800'000'000'000;

/// A folder that goes away with the test.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "facet-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path path;
};

/// An empty database of its own on one engine, and a way past Facet to tamper with it.
class Scratch {
 public:
  explicit Scratch(Dialect dialect) {
    settings.dialect = dialect;
    if (dialect == Dialect::sqlite) {
      settings.location = (folder_.path / "clinic.db").string();
      return;
    }
    const char* cluster = std::getenv("FACET_TEST_POSTGRESQL");
    REQUIRE(cluster != nullptr);
    schema_ = "t_" + folder_.path.filename().string();
    for (auto& c : schema_)
      c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? static_cast<char>(std::tolower(c))
                                                           : '_';
    schema_ += "_" + std::to_string(::getpid()) + "_" + std::to_string(++count());
    settings.location = cluster;
    raw("create schema " + schema_);
    settings.location +=
        " options='-csearch_path=" + schema_ + ",public' application_name=" + schema_;
  }
  ~Scratch() {
    if (schema_.empty()) return;
    PGconn* db = PQconnectdb(settings.location.c_str());
    PQclear(
        PQexec(db, ("set client_min_messages=error; drop schema " + schema_ + " cascade").c_str()));
    PQfinish(db);
  }

  /// SQL on a connection of its own, with triggers and constraints as they are.
  void raw(const std::string& sql) const {
    if (settings.dialect == Dialect::sqlite)
      raw_sqlite(sql);
    else
      raw_postgresql(sql);
  }

  /// SQL past the triggers.
  void tamper(const std::string& table, const std::string& sql) const {
    if (settings.dialect == Dialect::postgresql)
      return raw("alter table " + table + " disable trigger all; " + sql + "; alter table " +
                 table + " enable trigger all");
    raw("drop trigger if exists " + table + "_no_update; drop trigger if exists " + table +
        "_no_delete; drop trigger if exists " + table + "_no_replace; " + sql);
  }

  std::unique_ptr<storage::Database> open() const {
    auto opened = storage::Database::open(settings, now_ms);
    if (!opened) FAIL(opened.error().message);
    return std::move(*opened);
  }

  const std::filesystem::path& folder() const { return folder_.path; }
  storage::Settings settings;

 private:
  static int& count() {
    static int made = 0;
    return made;
  }
  void raw_sqlite(const std::string& sql) const {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(settings.location.c_str(), &db) == SQLITE_OK);
    sqlite3_busy_timeout(db, 10'000);
    const int code = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
    const std::string text = sqlite3_errmsg(db);
    sqlite3_close(db);
    INFO(sql << ": " << text);
    REQUIRE(code == SQLITE_OK);
  }
  void raw_postgresql(const std::string& sql) const {
    PGconn* db = PQconnectdb(settings.location.c_str());
    PGresult* result = PQexec(db, sql.c_str());
    const auto status = PQresultStatus(result);
    const std::string text = PQerrorMessage(db);
    PQclear(result);
    PQfinish(db);
    INFO(sql << ": " << text);
    REQUIRE((status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK));
  }

  Folder folder_;
  std::string schema_;
};

inline Dialect any_engine() {
  const auto dialect = GENERATE(Dialect::sqlite, Dialect::postgresql);
  UNSCOPED_INFO((dialect == Dialect::sqlite ? "on SQLite" : "on PostgreSQL"));
  return dialect;
}

/// A status that shows its error when it is not as expected.
inline bool ok(const base::Status& status) {
  if (!status) UNSCOPED_INFO(status.error().message);
  return status.has_value();
}

inline base::Status run(storage::Database& database, std::string_view sql) {
  return database.write([&](storage::Transaction& tx) -> base::Status {
    tx.execute(sql);
    return {};
  });
}

inline std::int64_t count(storage::Database& database, std::string_view sql) {
  auto result = database.read([&](storage::Transaction& tx) -> base::Result<std::int64_t> {
    return std::get<0>(*tx.query_one<std::int64_t>(sql));
  });
  if (!result) FAIL(result.error().message);
  return *result;
}

inline base::ErrorCode code_of(const base::Status& status) {
  REQUIRE(!status.has_value());
  return status.error().code;
}

inline storage::Keys test_keys() {
  return {std::string(32, 'c'), std::string(32, 'i'), std::string(32, 'a')};
}

}  // namespace facet::testing
