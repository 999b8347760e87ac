// SPDX-License-Identifier: MPL-2.0
#include <atomic>
#include <set>
#include <thread>

#include "store/engines.h"

using namespace facet;
using namespace facet::testing;
using base::ErrorCode;
using storage::Transaction;

namespace {

base::Status organization(storage::Database& database, const std::string& id, std::int64_t version,
                          const char* verb = "insert") {
  return run(
      database,
      std::string(verb) +
          " into organization (id, version, recorded_ms, author_id, status, name) values ('" + id +
          "', " + std::to_string(version) + ", 1, 'u', 'active', 'Clinic')");
}

base::Status observation(storage::Database& database, const std::string& code,
                         const std::string& system, const std::string& value) {
  static std::atomic<int> next = 0;
  return run(database,
             "insert into observation (id, version, recorded_ms, author_id, patient_id, status, "
             "code_system, "
             "code, value, effective_ms) values ('o" +
                 std::to_string(++next) + "', 1, 1, 'u', 'p', 'final', '" + system + "', '" + code +
                 "', " + value + ", 1)");
}

}  // namespace

TEST_CASE("a signed row is never changed, deleted or replaced") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  REQUIRE(ok(organization(*database, "o", 1)));
  REQUIRE(ok(
      run(*database, "insert into binary_content values ('b', 'p', 'application/pdf', 'x', 1)")));
  REQUIRE(
      ok(run(*database,
             "insert into gate_decision values ('g', 'p', null, 'booking', 1, 1, 'u', 1, '[]')")));
  const std::string table = GENERATE("organization", "binary_content", "gate_decision");
  CHECK(code_of(run(*database, "update " + table + " set id = 'x'")) == ErrorCode::conflict);
  CHECK(code_of(run(*database, "delete from " + table)) == ErrorCode::conflict);
  if (scratch.settings.dialect == Dialect::postgresql) {
    CHECK(code_of(run(*database, "truncate " + table)) == ErrorCode::conflict);
  } else {
    CHECK(code_of(run(*database, "insert or replace into " + table + " select * from " + table)) ==
          ErrorCode::conflict);
    CHECK(code_of(run(*database, "replace into " + table + " select * from " + table)) ==
          ErrorCode::conflict);
  }
  CHECK(count(*database, "select count(*) from " + table) == 1);
}

TEST_CASE("every table refuses UPDATE and DELETE but those that hold no record, on either engine") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  const auto changeable = database->read([&](Transaction& tx) -> base::Result<std::set<std::string>> {
    std::set<std::string> names;
    for (const auto& [name] : tx.query<std::string>(
             tx.dialect() == Dialect::sqlite
                 ? "select name from sqlite_master t where type = 'table' and 2 <> (select count(*) "
                   "from sqlite_master where type = 'trigger' and tbl_name = t.name and "
                   "name in (t.name || '_no_update', t.name || '_no_delete'))"
                 : "select c.relname::text from pg_class c where relkind = 'r' and "
                   "relnamespace = current_schema()::regnamespace and not exists "
                   "(select 1 from pg_trigger where tgrelid = c.oid and tgname = 'amend_only')"))
      if (name != "sqlite_sequence") names.insert(name);
    return names;
  });
  REQUIRE(changeable.has_value());
  CHECK(*changeable ==
        std::set<std::string>{"audit_patient", "bed_credential", "bed_lease", "bed_session",
                              "booking_hold", "clinic_key", "encounter_draft", "outbox",
                              "patient_key", "patient_merge", "patient_name_token",
                              "patient_value_token", "schema_migration"});
}

TEST_CASE("versions follow one another without a gap") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  CHECK(code_of(organization(*database, "o", 2)) == ErrorCode::conflict);
  REQUIRE(ok(organization(*database, "o", 1)));
  CHECK(code_of(organization(*database, "o", 1)) == ErrorCode::conflict);
  CHECK(code_of(organization(*database, "o", 3)) == ErrorCode::conflict);
  REQUIRE(ok(organization(*database, "o", 2)));
  CHECK(code_of(organization(*database, "o", 1)) == ErrorCode::conflict);
  CHECK(count(*database, "select max(version) from organization") == 2);
}

TEST_CASE("of sixteen who write the next version exactly one succeeds") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  std::atomic<int> won = 0, conflicts = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 16; ++t)
    threads.emplace_back([&] {
      const auto done = organization(*database, "o", 1);
      if (done)
        ++won;
      else if (done.error().code == ErrorCode::conflict)
        ++conflicts;
    });
  for (auto& thread : threads) thread.join();
  CHECK(won == 1);
  CHECK(conflicts == 15);
}

TEST_CASE("a value beyond its scale is refused by the database itself") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  CHECK(ok(observation(*database, "tennis_elbow", "urn:facet:symptom", "10")));
  CHECK(code_of(observation(*database, "tennis_elbow", "urn:facet:symptom", "11")) ==
        ErrorCode::conflict);
  CHECK(code_of(observation(*database, "tennis_elbow", "urn:facet:symptom", "-1")) ==
        ErrorCode::conflict);
  CHECK(ok(observation(*database, "segmental-motion", "urn:facet:measure", "6")));
  CHECK(code_of(observation(*database, "segmental-motion", "urn:facet:measure", "7")) ==
        ErrorCode::conflict);
  CHECK(code_of(observation(*database, "stress", "urn:facet:measure", "11")) ==
        ErrorCode::conflict);
}

TEST_CASE("the two engines have the same tables and columns") {
  const auto columns = [](Dialect dialect) {
    const Scratch scratch(dialect);
    const auto database = scratch.open();
    auto found = database->read([&](Transaction& tx) -> base::Result<std::vector<std::string>> {
      std::vector<std::string> names;
      for (const auto& [name] : tx.query<std::string>(
               dialect == Dialect::sqlite
                   ? "select m.name || '.' || c.name || case when c.\"notnull\" or c.pk > 0 then "
                     "'!' else '' end "
                     "from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' "
                     "and m.name "
                     "not like 'sqlite%' order by 1"
                   : "select line from (select table_name || '.' || column_name || case "
                     "is_nullable when "
                     "'NO' then '!' else '' end as line from information_schema.columns "
                     "where table_schema = current_schema()) lines order by line collate \"C\""))
        names.push_back(name);
      return names;
    });
    REQUIRE(found.has_value());
    return *found;
  };
  const auto sqlite = columns(Dialect::sqlite);
  CHECK(sqlite.size() > 200);
  CHECK(sqlite == columns(Dialect::postgresql));
}
