// SPDX-License-Identifier: MPL-2.0
#include "scheduling/place.h"

#include "base/zone.h"

namespace facet::scheduling {

std::vector<Hold> holds_of(const Place& place, std::int64_t start_ms, std::int64_t minutes) {
  const base::Interval session{start_ms, start_ms + minutes * base::minute_ms};
  const base::Interval with_turnover{session.start_ms,
                                     session.end_ms + place.bed.turnover_minutes * base::minute_ms};
  return {{"Device", place.schedule.device_id, with_turnover},
          {"Location", place.schedule.room_id, with_turnover},
          {"Practitioner", place.schedule.practitioner_id, session}};
}

std::string clock_at(const Place& place, std::int64_t ms) {
  const auto local = base::to_local(ms, place.zone);
  return local ? clock_text(local->minute_of_day) : base::instant_text(ms);
}

}  // namespace facet::scheduling
