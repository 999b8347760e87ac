// SPDX-License-Identifier: MPL-2.0
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "store/engines.h"

using namespace facet;
using namespace facet::testing;
using base::ErrorCode;

namespace {

base::Error refusal(const Scratch& scratch) {
  const auto opened = storage::Database::open(scratch.settings, now_ms);
  REQUIRE_FALSE(opened.has_value());
  return opened.error();
}

}  // namespace

TEST_CASE("a new database replays every migration, and opens again unchanged") {
  const Scratch scratch(any_engine());
  const char* applied = "select count(*) from schema_migration";
  const auto first = count(*scratch.open(), applied);
  CHECK(first >= 1);
  CHECK(count(*scratch.open(), applied) == first);
  CHECK(count(*scratch.open(), "select count(*) from schema_migration where length(sha256) = 64") ==
        first);
}

TEST_CASE("data of a newer version is refused and left alone") {
  const Scratch scratch(any_engine());
  const auto known = count(*scratch.open(), "select count(*) from schema_migration");
  scratch.raw("insert into schema_migration values (" + std::to_string(known + 1) +
              ", '9999_future', 'x', 1)");
  const auto error = refusal(scratch);
  CHECK(error.code == ErrorCode::conflict);
  CHECK(error.message.find("newer version of Facet (migration 9999_future)") != std::string::npos);
}

TEST_CASE("an altered history is refused") {
  const Scratch scratch(any_engine());
  scratch.open();
  const std::string sql = GENERATE("update schema_migration set sha256 = 'x' where number = 1",
                                   "update schema_migration set name = 'other' where number = 1",
                                   "update schema_migration set number = 0 where number = 1",
                                   "update schema_migration set number = -5 where number = 1",
                                   "insert into schema_migration values (500, '0500_gap', 'x', 1)");
  scratch.raw(sql);
  INFO(sql);
  const auto error = refusal(scratch);
  CHECK(error.code == ErrorCode::conflict);
  CHECK(error.message.find("history was altered") != std::string::npos);
}

TEST_CASE("a migration that fails leaves nothing behind") {
  const Scratch scratch(any_engine());
  scratch.raw("create table outbox (number bigint)");  // in the way of 0001
  (void)refusal(scratch);
  scratch.raw("drop table outbox");
  CHECK(count(*scratch.open(), "select count(*) from outbox") == 0);
}

TEST_CASE("eight threads that start on a new database at once all open it") {
  const Scratch scratch(any_engine());
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&] {
      if (!storage::Database::open(scratch.settings, now_ms)) ++failed;
    });
  for (auto& thread : threads) thread.join();
  CHECK(failed == 0);
  CHECK(count(*scratch.open(), "select count(*) - count(distinct number) from schema_migration") ==
        0);
}

TEST_CASE("four processes that start on a new database at once all open it") {
  const Scratch scratch(any_engine());
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) ::_exit(storage::Database::open(scratch.settings, now_ms) ? 0 : 1);
    children.push_back(child);
  }
  for (const auto child : children) {
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
}
