// SPDX-License-Identifier: MPL-2.0
#include <atomic>
#include <limits>
#include <thread>

#include "store/engines.h"

using namespace facet;
using namespace facet::testing;
using base::ErrorCode;
using storage::StorageError;
using storage::Transaction;

namespace {

constexpr const char* insert_item =
    "insert into item (id, number, text) values (:id, :number, :text)";

/// A database with a table of the test's own.
std::unique_ptr<storage::Database> open_with_items(const Scratch& scratch) {
  auto database = scratch.open();
  scratch.raw(
      "create table item (id text primary key, number bigint check (number <> 13), text text)");
  return database;
}

base::Status add(storage::Database& database, const std::string& id,
                 std::optional<std::int64_t> number, const std::optional<std::string>& text = {}) {
  return database.write([&](Transaction& tx) -> base::Status {
    tx.execute(insert_item, id, number, text);
    return {};
  });
}

using Item = std::tuple<std::optional<std::int64_t>, std::optional<std::string>>;
Item item(storage::Database& database, const std::string& id) {
  auto found = database.read([&](Transaction& tx) -> base::Result<std::optional<Item>> {
    return tx.query_one<std::optional<std::int64_t>, std::optional<std::string>>(
        "select number, text from item where id = :id", id);
  });
  REQUIRE(found.has_value());
  REQUIRE(found->has_value());
  return **found;
}

}  // namespace

TEST_CASE("what was written reads back as it was") {
  const Scratch scratch(any_engine());
  const auto database = open_with_items(scratch);
  using Limits = std::numeric_limits<std::int64_t>;
  const std::optional<std::int64_t> numbers[] = {
      {}, 0, -1, 4'294'967'296'000, Limits::max(), Limits::min()};
  const std::optional<std::string> texts[] = {{},
                                              "",
                                              "O'Brien said: \":no\" ::text $1 ? %s",
                                              "Zoë 山田 🦴\n\ttab",
                                              std::string(100'000, 'x')};
  int next = 0;
  for (const auto& number : numbers)
    for (const auto& text : texts) {
      const auto id = std::to_string(++next);
      INFO(id);
      REQUIRE(ok(add(*database, id, number, text)));
      const auto [read_number, read_text] = item(*database, id);
      CHECK(read_number == number);
      CHECK((read_text == text));
    }
}

TEST_CASE("one statement takes NULL, a number and NULL again") {
  const Scratch scratch(any_engine());
  const auto database = open_with_items(scratch);
  REQUIRE(ok(add(*database, "a", {})));
  REQUIRE(ok(add(*database, "b", 7)));
  REQUIRE(ok(add(*database, "c", {}, "x")));
  CHECK(std::get<0>(item(*database, "a")) == std::nullopt);
  CHECK(std::get<0>(item(*database, "b")) == 7);
  CHECK(std::get<0>(item(*database, "c")) == std::nullopt);
}

TEST_CASE("text with the character NUL is refused, not cut") {
  const Scratch scratch(any_engine());
  const auto database = open_with_items(scratch);
  CHECK(code_of(add(*database, "a", 1, std::string("a\0b", 3))) == ErrorCode::invalid);
  CHECK(count(*database, "select count(*) from item") == 0);
}

TEST_CASE("a forgotten or doubled parameter is an error, not a NULL") {
  const Scratch scratch(any_engine());
  const auto database = open_with_items(scratch);
  const auto few = database->write([](Transaction& tx) -> base::Status {
    tx.execute(insert_item, "a", 1);
    return {};
  });
  CHECK(code_of(few) == ErrorCode::internal);
  const auto many = database->write([](Transaction& tx) -> base::Status {
    tx.execute(insert_item, "a", 1, "b", "c");
    return {};
  });
  CHECK(code_of(many) == ErrorCode::internal);
  const auto twice = database->write([](Transaction& tx) -> base::Status {
    tx.execute("insert into item (id, text) values (:id, :id)", "a", "b");
    return {};
  });
  CHECK(code_of(twice) == ErrorCode::internal);
  CHECK(count(*database, "select count(*) from item") == 0);
}

TEST_CASE("a colon in quoted text or in a cast is no parameter") {
  const Scratch scratch(any_engine());
  const auto database = open_with_items(scratch);
  REQUIRE(ok(database->write([](Transaction& tx) -> base::Status {
    tx.execute("insert into item (id, text) values (:id, 'urn:facet:symptom it''s :x')", "a");
    return {};
  })));
  CHECK((std::get<1>(item(*database, "a")) == "urn:facet:symptom it's :x"));
}

TEST_CASE("a closure that fails changes nothing and its error arrives") {
  const Scratch scratch(any_engine());
  const auto database = open_with_items(scratch);
  const auto refused = database->write([](Transaction& tx) -> base::Status {
    tx.execute(insert_item, "a", 1, "x");
    return base::fail(ErrorCode::blocked, "f", "no", {"rule"});
  });
  CHECK(code_of(refused) == ErrorCode::blocked);
  CHECK(refused.error().reasons == std::vector<std::string>{"rule"});
  CHECK(count(*database, "select count(*) from item") == 0);
}

TEST_CASE("an exception in a closure changes nothing and does not get out") {
  const Scratch scratch(any_engine());
  const auto database = open_with_items(scratch);
  const auto thrown = database->write([](Transaction& tx) -> base::Status {
    tx.execute(insert_item, "a", 1, "x");
    throw std::runtime_error("surprise");
  });
  CHECK(code_of(thrown) == ErrorCode::internal);
  CHECK(count(*database, "select count(*) from item") == 0);
  CHECK(ok(add(*database, "b", 1)));
}

TEST_CASE("a broken constraint is a conflict and does not show values") {
  const Scratch scratch(any_engine());
  const auto database = open_with_items(scratch);
  REQUIRE(ok(add(*database, "jane-roe", 1)));
  for (int i = 0; i < 3; ++i) {
    const auto twice = add(*database, "jane-roe", 1);
    CHECK(code_of(twice) == ErrorCode::conflict);
    CHECK(twice.error().message.find("jane-roe") == std::string::npos);
  }
  CHECK(code_of(add(*database, "b", 13)) == ErrorCode::conflict);
  CHECK(ok(add(*database, "b", 14)));
}

TEST_CASE(
    "a statement that failed takes the whole transaction with it, even if its error is caught") {
  const Scratch scratch(any_engine());
  const auto database = open_with_items(scratch);
  REQUIRE(ok(add(*database, "a", 1)));
  bool second_ran = false;
  const auto hidden = database->write([&](Transaction& tx) -> base::Status {
    tx.execute(insert_item, "b", 1, "x");
    CHECK_THROWS_AS(tx.execute(insert_item, "a", 1, "x"), StorageError);
    try {
      tx.execute(insert_item, "c", 1, "x");
      second_ran = true;
    } catch (const StorageError&) {
    }
    return {};
  });
  CHECK_FALSE(hidden.has_value());
  CHECK_FALSE(second_ran);
  CHECK(count(*database, "select count(*) from item") == 1);
}

TEST_CASE("NULL read into a plain integer or text is an error") {
  const Scratch scratch(any_engine());
  const auto database = open_with_items(scratch);
  REQUIRE(ok(add(*database, "a", {})));
  const auto read = [&](auto query) {
    return database->read([&](Transaction& tx) -> base::Status {
      query(tx);
      return {};
    });
  };
  CHECK(code_of(read([](Transaction& tx) { tx.query<std::int64_t>("select number from item"); })) ==
        ErrorCode::internal);
  CHECK(code_of(read([](Transaction& tx) { tx.query<std::string>("select text from item"); })) ==
        ErrorCode::internal);
  CHECK(ok(add(*database, "b", 1)));
}

TEST_CASE("a statement run inside its own rows is refused") {
  const Scratch scratch(any_engine());
  const auto database = open_with_items(scratch);
  REQUIRE(ok(add(*database, "a", 1)));
  const auto nested = database->read([](Transaction& tx) -> base::Status {
    const char* sql = "select id from item";
    tx.each<std::string>(sql, {}, [&](const std::string&) { tx.query<std::string>(sql); });
    return {};
  });
  CHECK(code_of(nested) == ErrorCode::internal);
  CHECK(count(*database, "select count(*) from item") == 1);
}

TEST_CASE("a write inside a read is refused") {
  const Scratch scratch(any_engine());
  const auto database = open_with_items(scratch);
  const auto refused = database->read([](Transaction& tx) -> base::Status {
    tx.execute(insert_item, "a", 1, "x");
    return {};
  });
  CHECK_FALSE(refused.has_value());
  CHECK(count(*database, "select count(*) from item") == 0);
}

TEST_CASE("a read sees one moment, whatever is written meanwhile") {
  const Scratch scratch(any_engine());
  const auto database = open_with_items(scratch);
  const auto counted = database->read([&](Transaction& tx) -> base::Result<std::int64_t> {
    const char* sql = "select count(*) from item";
    const auto before = std::get<0>(*tx.query_one<std::int64_t>(sql));
    std::thread([&] { (void)add(*database, "a", 1); }).join();
    return std::get<0>(*tx.query_one<std::int64_t>(sql)) - before;
  });
  REQUIRE(counted.has_value());
  CHECK(*counted == 0);
  CHECK(count(*database, "select count(*) from item") == 1);
}

TEST_CASE("the affected rows tell whether a statement did anything") {
  const Scratch scratch(any_engine());
  const auto database = open_with_items(scratch);
  std::vector<std::int64_t> changed;
  REQUIRE(ok(database->write([&](Transaction& tx) -> base::Status {
    const char* sql = "insert into item (id) values (:id) on conflict do nothing";
    changed = {tx.execute(sql, "a"), tx.execute(sql, "b"), tx.execute(sql, "a"),
               tx.execute("update item set number = :n", 5),
               tx.execute("delete from item where id = :id", "none")};
    return {};
  })));
  CHECK(changed == std::vector<std::int64_t>{1, 1, 0, 2, 0});
}

TEST_CASE("sixteen threads write together, each failing one is rolled back alone") {
  const Scratch scratch(any_engine());
  const auto database = open_with_items(scratch);
  constexpr int threads = 16, each = 25;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> running;
  for (int t = 0; t < threads; ++t)
    running.emplace_back([&, t] {
      for (int i = 0; i < each; ++i) {
        const auto id = std::to_string(t) + "-" + std::to_string(i);
        const bool fails = i % 5 == 0, throws = i % 5 == 1, breaks = i % 5 == 2;
        const auto done = database->write([&](Transaction& tx) -> base::Status {
          tx.execute(insert_item, id, 1, "x");
          if (fails) return base::invalid("", "no");
          if (throws) throw std::runtime_error("no");
          if (breaks) tx.execute(insert_item, id, 1, "x");
          return {};
        });
        if (done.has_value() == (fails || throws || breaks)) ++wrong;
      }
    });
  for (auto& thread : running) thread.join();
  CHECK(wrong == 0);
  CHECK(count(*database, "select count(*) from item") == threads * each * 2 / 5);
}

TEST_CASE("a database that cannot be opened is unavailable") {
  storage::Settings settings{any_engine(), ""};
  settings.location = settings.dialect == Dialect::sqlite ? "/nonexistent/clinic.db"
                                                          : "host=/nonexistent dbname=postgres";
  const auto opened = storage::Database::open(settings, now_ms);
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error().code == ErrorCode::unavailable);
}

TEST_CASE("a write inside a write is refused, not a deadlock") {
  const Scratch scratch(Dialect::sqlite);
  const auto database = open_with_items(scratch);
  const auto nested =
      database->write([&](Transaction&) -> base::Status { return add(*database, "a", 1); });
  CHECK(code_of(nested) == ErrorCode::internal);
}

TEST_CASE("sessions that PostgreSQL cut off are replaced") {
  const Scratch scratch(Dialect::postgresql);
  const auto database = open_with_items(scratch);
  std::vector<std::thread> running;  // several sessions
  for (int t = 0; t < 4; ++t)
    running.emplace_back([&, t] { (void)add(*database, std::to_string(t), 1); });
  for (auto& thread : running) thread.join();
  scratch.raw(
      "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
      "and application_name = current_setting('application_name')");
  CHECK(ok(add(*database, "after", 1)));
  CHECK(count(*database, "select count(*) from item") == 5);
}

TEST_CASE("a session that breaks inside a closure gives unavailable, and the next write works") {
  const Scratch scratch(Dialect::postgresql);
  const auto database = open_with_items(scratch);
  const auto cut = database->write([&](Transaction& tx) -> base::Status {
    tx.execute(insert_item, "a", 1, "x");
    const auto pid = std::get<0>(*tx.query_one<std::int64_t>("select pg_backend_pid()"));
    scratch.raw("select pg_terminate_backend(" + std::to_string(pid) + ")");
    tx.execute(insert_item, "b", 1, "x");
    return {};
  });
  CHECK(code_of(cut) == ErrorCode::unavailable);
  CHECK(ok(add(*database, "c", 1)));
  CHECK(count(*database, "select count(*) from item") == 1);
}

TEST_CASE("a PostgreSQL deadlock is run again until it succeeds") {
  const Scratch scratch(Dialect::postgresql);
  const auto database = open_with_items(scratch);
  REQUIRE(ok(add(*database, "a", 0)));
  REQUIRE(ok(add(*database, "b", 0)));
  std::atomic<int> failures = 0, met = 0;
  const auto bump = [&](const char* first, const char* second) {
    const auto done = database->write([&](Transaction& tx) -> base::Status {
      const char* sql = "update item set number = number + 1 where id = :id";
      tx.execute(sql, first);
      ++met;
      for (int i = 0; i < 1000 && met < 2; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      tx.execute(sql, second);
      return {};
    });
    if (!done) ++failures;
  };
  std::thread other([&] { bump("b", "a"); });
  bump("a", "b");
  other.join();
  CHECK(failures == 0);
  CHECK(count(*database, "select number from item where id = 'a'") == 2);
}
