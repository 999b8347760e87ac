// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time_text.h"

namespace facet::base {

/// The last year for which wall-clock times can be resolved: date 3.0.1 reads TZif tables without
/// their footer and knows no summer time from 2038.
constexpr int last_resolvable_year = 2037;

/// A wall-clock reading at a site. `minute_of_day` 0 to 1440 (1440 is the end of the day).
struct LocalTime {
  PartialDate day;
  int minute_of_day = 0;
};

/// True if the system's tzdata knows the IANA zone, e.g. "Europe/London". Threads: safe.
bool is_zone(std::string_view zone);

/// UTC of a wall-clock time. A time that summer time skips resolves to the moment of the jump; one
/// that it repeats resolves to the first. Errors: invalid, unknown zone, incomplete day or a year
/// after last_resolvable_year.
Result<std::int64_t> to_utc_ms(const LocalTime& local, std::string_view zone);

/// The wall clock of a zone at a moment. Errors: invalid, unknown zone.
Result<LocalTime> to_local(std::int64_t utc_ms, std::string_view zone);

/// "Sunday 22 November 2026, 09:30" (English; for people).
Result<std::string> local_text(std::int64_t utc_ms, std::string_view zone);

}  // namespace facet::base
