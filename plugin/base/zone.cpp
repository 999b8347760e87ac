// SPDX-License-Identifier: MPL-2.0
#include "base/zone.h"

#include <date/tz.h>

namespace facet::base {
namespace {

const date::time_zone* find_zone(std::string_view name) {
  try {
    return date::locate_zone(std::string(name));
  } catch (const std::exception&) {
    return nullptr;
  }
}

tl::unexpected<Error> unknown_zone(std::string_view zone) {
  return invalid("zone", "\"" + std::string(zone) + "\" is not a known IANA time zone.");
}

}  // namespace

bool is_zone(std::string_view zone) { return find_zone(zone) != nullptr; }

Result<std::int64_t> to_utc_ms(const LocalTime& local, std::string_view zone) {
  const auto* tz = find_zone(zone);
  if (tz == nullptr) return unknown_zone(zone);
  const date::year_month_day day{date::year{local.day.year}, date::month{local.day.month},
                                 date::day{local.day.day}};
  if (!day.ok() || local.minute_of_day < 0 || local.minute_of_day > 1440)
    return invalid("time", "That is not a complete date and time.");
  if (local.day.year > last_resolvable_year)
    return invalid("time", "Times after 2037 cannot be booked.");
  const auto reading = date::local_days{day} + std::chrono::minutes{local.minute_of_day};
  const auto info = tz->get_info(reading);
  const auto utc = info.result == date::local_info::nonexistent
                       ? info.second.begin
                       : date::sys_seconds{(reading - info.first.offset).time_since_epoch()};
  return std::chrono::duration_cast<std::chrono::milliseconds>(utc.time_since_epoch()).count();
}

Result<LocalTime> to_local(std::int64_t utc_ms, std::string_view zone) {
  const auto* tz = find_zone(zone);
  if (tz == nullptr) return unknown_zone(zone);
  const auto local = tz->to_local(
      date::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{utc_ms}});
  const auto day = date::floor<date::days>(local);
  const date::year_month_day ymd{day};
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local - day);
  return LocalTime{{static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                    static_cast<unsigned>(ymd.day())},
                   static_cast<int>(minutes.count())};
}

Result<std::string> local_text(std::int64_t utc_ms, std::string_view zone) {
  const auto* tz = find_zone(zone);
  if (tz == nullptr) return unknown_zone(zone);
  const auto local = tz->to_local(date::floor<std::chrono::minutes>(
      date::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{utc_ms}}));
  return date::format("%A %e %B %Y, %H:%M", local);
}

}  // namespace facet::base
