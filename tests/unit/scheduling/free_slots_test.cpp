// SPDX-License-Identifier: MPL-2.0
#include "scheduling/free_slots.h"

#include <date/date.h>

#include <catch2/catch.hpp>
#include <random>

#include "base/time_text.h"
#include "base/zone.h"
#include "scheduling/opening.h"

using namespace facet;
using namespace facet::scheduling;
using base::Interval;

namespace {

std::int64_t at(const char* instant) {
  return base::parse_instant(instant).value();
}

std::vector<std::string> texts(const std::vector<Interval>& times) {
  std::vector<std::string> result;
  for (const auto& time : times)
    result.push_back(base::instant_text(time.start_ms).substr(5, 11) + " " +
                     base::instant_text(time.end_ms).substr(5, 11));
  return result;
}

/// The slow way: for each minute, the latest reading that the wall clock has shown so far tells
/// whether the place is open; for each start, every minute is looked at.
class Naive {
 public:
  Naive(const std::vector<Opening>& opening, const std::string& zone, const Interval& range)
      : from_ms_(range.start_ms - 2 * base::day_ms) {
    std::pair<date::local_days, int> seen{};
    for (auto ms = from_ms_; ms < range.end_ms; ms += base::minute_ms) {
      const auto local = base::to_local(ms, zone).value();
      const date::local_days day{date::year{local.day.year} / date::month{local.day.month} /
                                 date::day{local.day.day}};
      seen = std::max(seen, {day, local.minute_of_day});
      const auto weekday = date::weekday{seen.first}.iso_encoding();
      bool open = opening.empty();
      for (const auto& one : opening)
        if (one.weekday == weekday && one.opens_minute <= seen.second &&
            seen.second < one.closes_minute)
          open = true;
      open_.push_back(open);
    }
  }

  std::vector<std::int64_t> free_starts(const SlotSearch& search) const {
    std::vector<std::int64_t> starts;
    for (auto ms = search.starts.start_ms; ms < search.starts.end_ms; ms += base::minute_ms)
      if (ms % slot_grid_ms == 0 && starts.size() < search.most && is_free(search, ms))
        starts.push_back(ms);
    return starts;
  }

 private:
  bool is_free(const SlotSearch& search, std::int64_t start_ms) const {
    for (auto ms = start_ms; ms < start_ms + search.session_ms; ms += base::minute_ms)
      if (!open_.at(static_cast<std::size_t>((ms - from_ms_) / base::minute_ms))) return false;
    for (const auto& need : search.needs)
      for (const auto& hold : need.held)
        if (hold.overlaps({start_ms, start_ms + need.length_ms})) return false;
    return true;
  }

  std::int64_t from_ms_;
  std::vector<bool> open_;
};

}  // namespace

TEST_CASE("opening hours are kept as a text that reads back") {
  const std::vector<Opening> opening{{1, 420, 1140}, {7, 0, 1440}};
  CHECK(opening_text(opening) == "1 07:00-19:00, 7 00:00-24:00");
  CHECK(parse_opening(opening_text(opening)) == opening);
  CHECK(parse_opening("") == std::vector<Opening>{});
  for (const char* wrong :
       {"8 07:00-19:00", "1 07:00-07:00", "1 19:00-07:00", "1 07:00-24:01", "1 07:60-19:00",
        "1 07:00-19:00,", "1 07:00-19:00, ", "1 7:00-19:00", "1 07:00-19:002 07:00-19:00", "x"}) {
    INFO(wrong);
    CHECK_FALSE(parse_opening(wrong));
  }
}

TEST_CASE("opening hours keep to the wall clock as summer time comes and goes") {
  const std::vector<Opening> opening{{6, 540, 600}, {7, 540, 600}, {1, 540, 600}};
  const auto spring = open_times(opening, "Europe/London",
                                 {at("2026-03-28T00:00:00Z"), at("2026-03-31T00:00:00Z")});
  CHECK(texts(spring.value()) == std::vector<std::string>{"03-28T09:00 03-28T10:00",
                                                          "03-29T08:00 03-29T09:00",
                                                          "03-30T08:00 03-30T09:00"});
  const auto autumn = open_times(opening, "Europe/London",
                                 {at("2026-10-24T00:00:00Z"), at("2026-10-27T00:00:00Z")});
  CHECK(texts(autumn.value()) == std::vector<std::string>{"10-24T08:00 10-24T09:00",
                                                          "10-25T09:00 10-25T10:00",
                                                          "10-26T09:00 10-26T10:00"});
}

TEST_CASE("hours that summer time skips do not exist, and a night's opening is one") {
  const Interval night{at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z")};
  CHECK(open_times({{7, 70, 110}}, "Europe/London", night).value().empty());
  CHECK(texts(open_times({{6, 1320, 1440}, {7, 0, 180}}, "Europe/London", night).value()) ==
        std::vector<std::string>{"03-28T22:00 03-29T02:00"});
}

TEST_CASE("nothing can be booked after 2037") {
  const auto at_end = at("2037-12-31T23:00:00Z");
  CHECK(open_times({}, "Europe/London", {at_end, at_end + base::minute_ms}));
  const auto late = open_times({}, "Europe/London", {at_end, at_end + 2 * base::hour_ms});
  REQUIRE_FALSE(late);
  CHECK(late.error().code == base::ErrorCode::invalid);
}

TEST_CASE("a slot may touch what is held, and is long enough for turnover") {
  const auto nine = at("2026-11-23T09:00:00Z");
  const auto minutes = [nine](std::int64_t m) { return nine + m * base::minute_ms; };
  SlotSearch search;
  search.starts = {nine + 1, minutes(120)};
  search.open = {{nine, minutes(100)}};
  search.session_ms = 20 * base::minute_ms;
  search.needs = {{{{minutes(40), minutes(70)}}, 30 * base::minute_ms},
                  {{{minutes(75), minutes(80)}}, 20 * base::minute_ms}};
  search.most = 10;
  // 09:05 and 09:10 leave the bed by 09:40; the next is after both holds, and ends by closing.
  CHECK(free_starts(search) == std::vector<std::int64_t>{minutes(5), minutes(10), minutes(80)});
  search.most = 1;
  CHECK(free_starts(search) == std::vector<std::int64_t>{minutes(5)});
}

TEST_CASE("free slots are those that a naive search finds, through every change of the clock") {
  struct Change {
    const char* zone;
    const char* around;
  };
  const Change change =
      GENERATE(Change{"Europe/London", "2026-03-29T01:00:00Z"},
               Change{"Europe/London", "2026-10-25T01:00:00Z"},
               Change{"America/New_York", "2026-03-08T07:00:00Z"},
               Change{"America/New_York", "2026-11-01T06:00:00Z"},
               Change{"America/Santiago", "2026-04-05T03:00:00Z"},  // at midnight
               Change{"America/Santiago", "2026-09-06T04:00:00Z"},
               Change{"Australia/Lord_Howe", "2026-04-04T15:00:00Z"},  // by half an hour
               Change{"Australia/Lord_Howe", "2026-10-03T15:30:00Z"},
               Change{"Asia/Kathmandu", "2026-06-01T00:00:00Z"});
  std::mt19937 random(20261122);
  const auto pick = [&random](int from, int to) {
    return std::uniform_int_distribution<int>(from, to)(random);
  };
  for (int round = 0; round < 25; ++round) {
    std::vector<Opening> opening;
    for (int i = pick(0, 14); i > 0; --i) {
      const auto opens = pick(0, 1439);
      opening.push_back({pick(1, 7), opens, pick(0, 3) == 0 ? 1440 : pick(opens + 1, 1440)});
    }
    SlotSearch search;
    const auto from_ms = at(change.around) - pick(60, 2000) * base::minute_ms;
    search.starts = {from_ms, from_ms + pick(60, 3000) * base::minute_ms};
    search.session_ms = pick(1, 60) * base::minute_ms;
    search.most = static_cast<std::size_t>(pick(1, 300));
    for (int need = 0; need < 3; ++need) {
      Need one{{}, search.session_ms + pick(0, 20) * base::minute_ms};
      for (int i = pick(0, 8); i > 0; --i) {
        const auto start_ms = from_ms + pick(-100, 3000) * base::minute_ms;
        one.held.push_back({start_ms, start_ms + pick(1, 200) * base::minute_ms});
      }
      search.needs.push_back(std::move(one));
    }
    const Interval range{from_ms, search.starts.end_ms + search.session_ms};
    search.open = open_times(opening, change.zone, range).value();
    INFO(change.zone << " " << change.around << " round " << round << ": "
                     << opening_text(opening));
    REQUIRE(free_starts(search) == Naive(opening, change.zone, range).free_starts(search));
  }
}
