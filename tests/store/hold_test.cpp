// SPDX-License-Identifier: MPL-2.0
#include <atomic>
#include <thread>

#include "store/engines.h"

using namespace facet;
using namespace facet::testing;
using base::ErrorCode;
using storage::Transaction;

namespace {

struct Hold {
  std::string resource;
  std::string type;
  std::int64_t start, end;
  std::optional<std::string> reason = {};
};

/// The rows that the hold made: 1, or 0 if somebody else holds the time; conflict if it may never
/// be.
base::Result<std::int64_t> take(storage::Database& database, const Hold& hold,
                                const std::string& appointment) {
  return database.write([&](Transaction& tx) -> base::Result<std::int64_t> {
    const auto rows = tx.execute(
        "insert into booking_hold (resource_id, start_ms, end_ms, appointment_id, resource_type, "
        "override_reason) values (:resource, :start, :end, :appointment, :type, :reason) "
        "on conflict do nothing",
        hold.resource, hold.start, hold.end, appointment, hold.type, hold.reason);
    return rows;
  });
}

bool held(storage::Database& database, const Hold& hold, const std::string& appointment) {
  const auto rows = take(database, hold, appointment);
  if (!rows) UNSCOPED_INFO(rows.error().message);
  return rows && *rows == 1;
}

constexpr std::int64_t minute = 60'000, day = 86'400'000;

}  // namespace

TEST_CASE("no resource is held twice at one time, touching is allowed") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  const std::string type = GENERATE("Device", "Location", "Practitioner", "Patient");
  const auto at = [&](std::int64_t from, std::int64_t to) {
    return Hold{"r", type, now_ms + from * minute, now_ms + to * minute};
  };
  REQUIRE(held(*database, at(0, 30), "a"));
  CHECK_FALSE(held(*database, at(0, 30), "b"));
  CHECK_FALSE(held(*database, at(-10, 1), "b"));
  CHECK_FALSE(held(*database, at(29, 40), "b"));
  CHECK_FALSE(held(*database, at(10, 20), "b"));
  CHECK_FALSE(held(*database, at(-10, 40), "b"));
  CHECK(held(*database, at(30, 60), "b"));
  CHECK(held(*database, at(-30, 0), "c"));
  CHECK(held(*database, {"another", type, now_ms, now_ms + minute}, "b"));
  CHECK(count(*database, "select count(*) from booking_hold") == 4);
}

TEST_CASE("a hold as long as a day is seen to its end") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  REQUIRE(held(*database, {"r", "Device", now_ms, now_ms + day}, "a"));
  CHECK_FALSE(held(*database, {"r", "Device", now_ms + day - 1, now_ms + day + minute}, "b"));
  CHECK(held(*database, {"r", "Device", now_ms + day, now_ms + day + minute}, "b"));
  const auto longer = take(*database, {"s", "Device", now_ms, now_ms + day + 1}, "a");
  REQUIRE_FALSE(longer.has_value());
  CHECK(longer.error().code == ErrorCode::conflict);
}

TEST_CASE("a room or a person may be overridden, and is then still held for others") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  const std::string type = GENERATE("Location", "Practitioner");
  REQUIRE(held(*database, {"r", type, now_ms, now_ms + 30 * minute}, "a"));
  CHECK(held(*database, {"r", type, now_ms + 10 * minute, now_ms + 50 * minute, "two on one mat"},
             "b"));
  CHECK_FALSE(held(*database, {"r", type, now_ms + 40 * minute, now_ms + 60 * minute}, "c"));
  CHECK(held(*database, {"r", type, now_ms + 50 * minute, now_ms + 60 * minute}, "c"));
}

TEST_CASE("a bed or a patient can never be overridden") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  const std::string type = GENERATE("Device", "Patient");
  const auto refused = take(*database, {"r", type, now_ms, now_ms + minute, "please"}, "a");
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::conflict);
  CHECK(count(*database, "select count(*) from booking_hold") == 0);
}

TEST_CASE("a hold is released, never moved") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  REQUIRE(held(*database, {"r", "Device", now_ms, now_ms + minute}, "a"));
  CHECK(code_of(run(*database, "update booking_hold set start_ms = start_ms - 1")) ==
        ErrorCode::conflict);
  REQUIRE(ok(run(*database, "delete from booking_hold where appointment_id = 'a'")));
  CHECK(held(*database, {"r", "Device", now_ms, now_ms + minute}, "b"));
}

TEST_CASE("sixteen who want one slot: exactly one gets it") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  for (int round = 0; round < 5; ++round) {
    std::atomic<int> won = 0, lost = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 16; ++t)
      threads.emplace_back([&, t] {
        const auto appointment = std::to_string(round) + "-" + std::to_string(t);
        const auto start = now_ms + round * 60 * minute;
        const auto done = database->write([&](Transaction& tx) -> base::Status {
          for (const auto& [id, type] : std::initializer_list<std::pair<std::string, std::string>>{
                   {"bed", "Device"},
                   {"patient" + appointment, "Patient"},
                   {"physio", "Practitioner"},
                   {"room", "Location"}}) {
            const auto rows = tx.execute(
                "insert into booking_hold (resource_id, start_ms, end_ms, appointment_id, "
                "resource_type) "
                "values (:resource, :start, :end, :appointment, :type) on conflict do nothing",
                id, start, start + 30 * minute, appointment, type);
            if (rows != 1) return base::fail(ErrorCode::conflict, "", "taken");
          }
          return {};
        });
        if (done)
          ++won;
        else if (done.error().message == "taken")
          ++lost;
      });
    for (auto& thread : threads) thread.join();
    CHECK(won == 1);
    CHECK(lost == 15);
  }
  CHECK(count(*database, "select count(*) from booking_hold") == 20);
}
