// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/interval.h"
#include "base/result.h"

namespace facet::scheduling {

/// Opening hours of one weekday, on the site's wall clock.
struct Opening {
  std::int64_t weekday = 1;           // ISO: 1 is Monday, 7 Sunday
  std::int64_t opens_minute = 0;      // of the day
  std::int64_t closes_minute = 1440;  // 1440 is midnight at the end of the day
  bool operator==(const Opening&) const = default;
};

/// "07:05" for a minute of the day.
std::string clock_text(std::int64_t minute_of_day);
/// The minute of "00:00" to "24:00".
std::optional<std::int64_t> parse_clock(std::string_view text);

/// "1 07:00-19:00, 2 07:00-24:00".
std::string opening_text(const std::vector<Opening>& opening);
/// Nothing if the text is not of that form.
std::optional<std::vector<Opening>> parse_opening(std::string_view text);

/// Every time at which a place with these hours is open and which touches `range`, in order, merged
/// where one ends as another begins. Each opening lasts from the first moment at which the wall
/// clock shows its start, or has jumped over it, to the first such moment of its end. No hours:
/// always open. Errors: invalid, unknown zone, or a range that reaches into 2038.
base::Result<std::vector<base::Interval>> open_times(const std::vector<Opening>& opening,
                                                     std::string_view zone,
                                                     const base::Interval& range);

}  // namespace facet::scheduling
