// SPDX-License-Identifier: MPL-2.0
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>
#include <thread>

#include "store/engines.h"

using namespace facet;
using namespace facet::testing;
using storage::Transaction;

namespace {

/// Writes from four threads for ever, and tells each acknowledged number through the pipe.
[[noreturn]] void load(const storage::Settings& settings, int pipe) {
  auto database = storage::Database::open(settings, now_ms);
  if (!database) ::_exit(1);
  std::vector<std::thread> threads;
  for (std::int32_t t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (std::int32_t i = 0;; ++i) {
        const std::int32_t id = t * 1'000'000 + i;
        const auto done = (*database)->write([&](Transaction& tx) -> base::Status {
          tx.execute("insert into item (id, text) values (:id, :text)", id, std::string(500, 'x'));
          return {};
        });
        if (!done || ::write(pipe, &id, sizeof id) != sizeof id) ::_exit(1);
      }
    });
  for (;;) ::pause();
}

}  // namespace

TEST_CASE("everything that was acknowledged is there after kill -9") {
  const Scratch scratch(Dialect::sqlite);
  scratch.open();
  scratch.raw("create table item (id bigint primary key, text text)");
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::close(ends[0]);
    load(scratch.settings, ends[1]);
  }
  ::close(ends[1]);
  std::set<std::int64_t> acknowledged;
  std::int32_t id = 0;
  while (::read(ends[0], &id, sizeof id) == sizeof id) {
    acknowledged.insert(id);
    if (acknowledged.size() == 500) REQUIRE(::kill(child, SIGKILL) == 0);
  }
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  REQUIRE(acknowledged.size() >= 500);

  const auto database = scratch.open();
  auto found = database->read([&](Transaction& tx) -> base::Result<std::set<std::int64_t>> {
    std::set<std::int64_t> ids;
    for (const auto& [row] : tx.query<std::int64_t>("select id from item")) ids.insert(row);
    return ids;
  });
  REQUIRE(found.has_value());
  CHECK(std::includes(found->begin(), found->end(), acknowledged.begin(), acknowledged.end()));
  CHECK(count(*database,
              "select count(*) from pragma_integrity_check where integrity_check = 'ok'") == 1);
}
