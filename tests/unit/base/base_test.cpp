// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>

#include "base/interval.h"
#include "base/json.h"
#include "base/time_text.h"
#include "base/uuid.h"
#include "base/zone.h"

using namespace facet::base;

TEST_CASE("a UUIDv7 is well formed and sorts by time") {
  const auto early = uuid_v7(1'700'000'000'000);
  const auto late = uuid_v7(1'700'000'000'001);
  CHECK(is_uuid(early));
  CHECK(early[14] == '7');
  CHECK(early < late);
  CHECK(uuid_v7(1) != uuid_v7(1));
  CHECK_FALSE(is_uuid("0189F7EA-0000-7000-8000-000000000000"));
  CHECK_FALSE(is_uuid(""));
}

TEST_CASE("a FHIR id has 1 to 64 letters, digits, dashes and dots") {
  CHECK(is_fhir_id("a-1.B"));
  CHECK_FALSE(is_fhir_id(""));
  CHECK_FALSE(is_fhir_id("a/b"));
  CHECK_FALSE(is_fhir_id(std::string(65, 'a')));
}

TEST_CASE("half-open intervals that touch do not overlap") {
  CHECK_FALSE(Interval{0, 10}.overlaps({10, 20}));
  CHECK(Interval{0, 11}.overlaps({10, 20}));
  CHECK(Interval{0, 10}.contains(0));
  CHECK_FALSE(Interval{0, 10}.contains(10));
}

TEST_CASE("instants read back as written, and with any offset") {
  for (std::int64_t ms : {0LL, 1'700'000'000'123LL, 4'102'444'799'999LL})
    CHECK(parse_instant(instant_text(ms)) == ms);
  CHECK(instant_text(0) == "1970-01-01T00:00:00.000Z");
  CHECK(parse_instant("1970-01-01T01:00:00+01:00") == 0);
  CHECK(parse_instant("1969-12-31T19:00:00.5-05:00") == 500);
}

TEST_CASE("what is not exactly an instant is refused") {
  for (const char* text :
       {"", "2026-11-22", "2026-11-22T09:30:00", "2026-02-30T00:00:00Z", "2026-11-22T24:00:00Z",
        "2026-11-22T09:30:00Zx", "2026-11-22T09:30:00.Z", "2026-11-22 09:30:00Z",
        "0026-11-22T09:30:00Z", "2026-11-22T09:30:00+15:00"})
    CHECK_FALSE(parse_instant(text));
}

TEST_CASE("dates keep the precision they came in") {
  for (const char* text : {"1980", "1980-02", "1980-02-29"}) CHECK(date_text(*parse_date(text)) == text);
  for (const char* text : {"", "80", "1980-13", "1981-02-29", "1980-02-29T", "1980-2-1"})
    CHECK_FALSE(parse_date(text));
}

TEST_CASE("nobody is taken for older than is certain") {
  CHECK(age_years({2008, 11, 22}, {2026, 11, 22}) == 18);
  CHECK(age_years({2008, 11, 23}, {2026, 11, 22}) == 17);
  CHECK(age_years({2008, 11, 0}, {2026, 11, 22}) == 17);
  CHECK(age_years({2008, 0, 0}, {2026, 11, 22}) == 17);
}

TEST_CASE("wall clocks resolve late, over both changes of summer time") {
  const auto spring_gap = to_utc_ms({{2026, 3, 29}, 90}, "Europe/London");
  CHECK(instant_text(*spring_gap) == "2026-03-29T01:00:00.000Z");
  const auto autumn_first = to_utc_ms({{2026, 10, 25}, 90}, "Europe/London");
  CHECK(instant_text(*autumn_first) == "2026-10-25T00:30:00.000Z");
  CHECK(to_local(*autumn_first, "Europe/London")->minute_of_day == 90);
  CHECK_FALSE(to_utc_ms({{2038, 6, 1}, 0}, "Europe/London"));
  CHECK_FALSE(to_utc_ms({{2026, 6, 1}, 0}, "Europe/Nowhere"));
}

TEST_CASE("hostile JSON is refused with a reason") {
  CHECK(parse_json(R"({"a":[1,"x",null,true,1.5]})"));
  CHECK(parse_json(R"({"a":1,"a":2})").error().message == "The JSON has the key \"a\" twice.");
  CHECK_FALSE(parse_json("{\"a\":1} x"));
  CHECK_FALSE(parse_json("{\"a\":1e999}"));
  CHECK_FALSE(parse_json("\"\xff\""));
  CHECK_FALSE(parse_json(""));
  CHECK(parse_json(std::string(33, '[') + std::string(33, ']')).error().code == ErrorCode::invalid);
  CHECK(parse_json(std::string(100, ' '), {.max_bytes = 99}).error().code == ErrorCode::too_large);
}
