// SPDX-License-Identifier: MPL-2.0
#include "scheduling/opening.h"

#include <date/date.h>

#include <algorithm>
#include <cstdio>

#include "base/zone.h"

namespace facet::scheduling {
namespace {

using base::Interval;
using base::Result;

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Opening> parse_one(std::string_view text) {
  if (text.size() != 13 || text[0] < '1' || text[0] > '7' || text[1] != ' ' || text[7] != '-')
    return {};
  const auto opens = parse_clock(text.substr(2, 5));
  const auto closes = parse_clock(text.substr(8));
  if (!opens || !closes || *opens >= *closes) return {};
  return Opening{text[0] - '0', *opens, *closes};
}

Result<date::local_days> local_day(std::int64_t ms, std::string_view zone) {
  const auto local = base::to_local(ms, zone);
  if (!local) return tl::unexpected<base::Error>(local.error());
  return date::local_days{date::year{local->day.year} / date::month{local->day.month} /
                          date::day{local->day.day}};
}

Result<std::int64_t> moment(date::local_days day, std::int64_t minute, std::string_view zone) {
  const date::year_month_day ymd{day};
  return base::to_utc_ms({{static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                           static_cast<unsigned>(ymd.day())},
                          static_cast<int>(minute)},
                         zone);
}

std::vector<Interval> merged(std::vector<Interval> times) {
  std::sort(times.begin(), times.end(),
            [](const auto& a, const auto& b) { return a.start_ms < b.start_ms; });
  std::vector<Interval> result;
  for (const auto& one : times) {
    if (!result.empty() && one.start_ms <= result.back().end_ms)
      result.back().end_ms = std::max(result.back().end_ms, one.end_ms);
    else
      result.push_back(one);
  }
  return result;
}

}  // namespace

std::string clock_text(std::int64_t minute_of_day) {
  char text[8];
  std::snprintf(text, sizeof text, "%02u:%02u", static_cast<unsigned>(minute_of_day / 60) % 100,
                static_cast<unsigned>(minute_of_day % 60));
  return text;
}

std::optional<std::int64_t> parse_clock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':' || !is_digits(text.substr(0, 2)) ||
      !is_digits(text.substr(3)))
    return {};
  const int hour = (text[0] - '0') * 10 + text[1] - '0';
  const int minute = (text[3] - '0') * 10 + text[4] - '0';
  if (minute > 59 || hour * 60 + minute > 1440) return {};
  return hour * 60 + minute;
}

std::string opening_text(const std::vector<Opening>& opening) {
  std::string text;
  for (const auto& one : opening) {
    if (!text.empty()) text += ", ";
    text += std::to_string(one.weekday) + " " + clock_text(one.opens_minute) + "-" +
            clock_text(one.closes_minute);
  }
  return text;
}

std::optional<std::vector<Opening>> parse_opening(std::string_view text) {
  std::vector<Opening> opening;
  while (!text.empty()) {
    const auto one = parse_one(text.substr(0, 13));
    if (!one) return {};
    opening.push_back(*one);
    text.remove_prefix(13);
    if (text.empty()) break;
    if (!text.starts_with(", ") || text.size() == 2) return {};
    text.remove_prefix(2);
  }
  return opening;
}

Result<std::vector<Interval>> open_times(const std::vector<Opening>& opening, std::string_view zone,
                                         const Interval& range) {
  const auto first = local_day(range.start_ms, zone);
  if (!first) return tl::unexpected<base::Error>(first.error());
  const auto last = local_day(range.end_ms, zone);
  if (!last) return tl::unexpected<base::Error>(last.error());
  if (date::year_month_day{*last}.year() > date::year{base::last_resolvable_year})
    return base::invalid("time", "Times after 2037 cannot be booked.");
  if (opening.empty()) return std::vector<Interval>{range};
  std::vector<Interval> times;
  for (auto day = *first - date::days{1}; day <= *last; day += date::days{1})
    for (const auto& one : opening) {
      if (date::weekday{day}.iso_encoding() != static_cast<unsigned>(one.weekday)) continue;
      const auto opens = moment(day, one.opens_minute, zone);
      if (!opens) return tl::unexpected<base::Error>(opens.error());
      const auto closes = moment(day, one.closes_minute, zone);
      if (!closes) return tl::unexpected<base::Error>(closes.error());
      const Interval time{*opens, *closes};
      if (time.valid()) times.push_back(time);
    }
  times = merged(std::move(times));
  std::erase_if(times, [&](const Interval& time) { return !time.overlaps(range); });
  return times;
}

}  // namespace facet::scheduling
