// SPDX-License-Identifier: MPL-2.0
#include "base/time_text.h"

#include <date/date.h>

#include <charconv>
#include <cstdio>
#include <tuple>

namespace facet::base {
namespace {

using std::chrono::milliseconds;

/// Takes exactly `width` digits off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t width) {
  if (text.size() < width) return {};
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return {};
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<int> take_fraction_ms(std::string_view& text) {
  if (!take(text, '.')) return 0;
  int ms = 0;
  int digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    if (digits < 3) ms = ms * 10 + (text.front() - '0');
    text.remove_prefix(1);
    ++digits;
  }
  if (digits == 0 || digits > 9) return {};
  for (; digits < 3; ++digits) ms *= 10;
  return ms;
}

std::optional<int> take_offset_minutes(std::string_view& text) {
  if (take(text, 'Z')) return 0;
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return {};
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  const auto hours = take_number(text, 2);
  if (!hours || !take(text, ':')) return {};
  const auto minutes = take_number(text, 2);
  if (!minutes || *hours > 14 || *minutes > 59) return {};
  return sign * (*hours * 60 + *minutes);
}

std::optional<date::year_month_day> take_day(std::string_view& text) {
  const auto year = take_number(text, 4);
  if (!year || !take(text, '-')) return {};
  const auto month = take_number(text, 2);
  if (!month || !take(text, '-')) return {};
  const auto day = take_number(text, 2);
  if (!day) return {};
  const date::year_month_day ymd{date::year{*year}, date::month{static_cast<unsigned>(*month)},
                                 date::day{static_cast<unsigned>(*day)}};
  if (!ymd.ok() || *year < 1900 || *year > 2100) return {};
  return ymd;
}

}  // namespace

std::string instant_text(std::int64_t utc_ms) {
  const date::sys_time<milliseconds> at{milliseconds{utc_ms}};
  const auto day = date::floor<date::days>(at);
  const date::year_month_day ymd{day};
  // date's own format goes through a stream and a locale: 20 times this.
  const int year = static_cast<int>(ymd.year());
  if (year < 0 || year > 9999) return date::format("%FT%TZ", at);
  const date::hh_mm_ss time{at - day};
  std::string text = "0000-00-00T00:00:00.000Z";
  const auto put = [&text](std::size_t place, std::size_t width, auto value) {
    for (; width > 0; --width, value /= 10)
      text[place + width - 1] = static_cast<char>('0' + static_cast<int>(value % 10));
  };
  put(0, 4, year);
  put(5, 2, static_cast<unsigned>(ymd.month()));
  put(8, 2, static_cast<unsigned>(ymd.day()));
  put(11, 2, time.hours().count());
  put(14, 2, time.minutes().count());
  put(17, 2, time.seconds().count());
  put(20, 3, time.subseconds().count());
  return text;
}

std::optional<std::int64_t> parse_instant(std::string_view text) {
  const auto day = take_day(text);
  if (!day || !take(text, 'T')) return {};
  const auto hour = take_number(text, 2);
  if (!hour || !take(text, ':')) return {};
  const auto minute = take_number(text, 2);
  if (!minute || !take(text, ':')) return {};
  const auto second = take_number(text, 2);
  const auto fraction_ms = take_fraction_ms(text);
  const auto offset = take_offset_minutes(text);
  if (!second || !fraction_ms || !offset || !text.empty()) return {};
  if (*hour > 23 || *minute > 59 || *second > 59) return {};
  const auto local = date::sys_days{*day} + std::chrono::hours{*hour} +
                     std::chrono::minutes{*minute} + std::chrono::seconds{*second} +
                     milliseconds{*fraction_ms};
  return (local - std::chrono::minutes{*offset}).time_since_epoch().count();
}

std::optional<PartialDate> parse_date(std::string_view text) {
  PartialDate result;
  auto rest = text;
  const auto year = take_number(rest, 4);
  if (!year || *year < 1900 || *year > 2100) return {};
  result.year = *year;
  if (rest.empty()) return result;
  if (!take(rest, '-')) return {};
  const auto month = take_number(rest, 2);
  if (!month || *month < 1 || *month > 12) return {};
  result.month = static_cast<unsigned>(*month);
  if (rest.empty()) return result;
  const auto day = take_day(text);
  if (!day || !text.empty()) return {};
  result.day = static_cast<unsigned>(day->day());
  return result;
}

std::string date_text(const PartialDate& date) {
  char buffer[32];
  if (date.month == 0)
    std::snprintf(buffer, sizeof buffer, "%04d", date.year);
  else if (date.day == 0)
    std::snprintf(buffer, sizeof buffer, "%04d-%02u", date.year, date.month);
  else
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", date.year, date.month, date.day);
  return buffer;
}

int age_years(const PartialDate& birth, const PartialDate& on) {
  const unsigned month = birth.month == 0 ? 12 : birth.month;
  const unsigned day = birth.day == 0 ? 31 : birth.day;
  const bool had_birthday = std::tie(month, day) <= std::tie(on.month, on.day);
  return on.year - birth.year - (had_birthday ? 0 : 1);
}

}  // namespace facet::base
