// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/places_service.h"
#include "clinic/practitioner_service.h"
#include "scheduling/place.h"

namespace facet::scheduling {

/// What a free slot is looked for with. `from_ms` and `to_ms` bound its start.
struct SlotQuestion {
  std::string schedule_id;
  std::optional<std::int64_t> from_ms;  // now, if absent or past
  std::optional<std::int64_t> to_ms;    // 14 days on, if absent; at most 92
  std::int64_t minutes = 20;
  int most = 50;
};

struct Slot {
  std::string schedule_id;
  base::Interval time;  // of the session, without turnover
};

/// Schedules and their free slots. Threads: safe.
class ScheduleService {
 public:
  /// The services must outlive this one.
  ScheduleService(const clinic::PlacesService& places, const clinic::PractitionerService& staff);
  ScheduleService(const ScheduleService&) = delete;
  ScheduleService& operator=(const ScheduleService&) = delete;

  /// None if the schedule or its bed is out of use. Errors: denied; not_found; invalid, no such
  /// length on this bed or a range that is too long.
  base::Result<std::vector<Slot>> free_slots(storage::Act& act, const SlotQuestion& question) const;

  /// Errors: not_found; conflict, the schedule or its bed is out of use.
  base::Result<Place> place(storage::Act& act, const std::string& schedule_id) const;

  /// The active schedule of these three. Errors: invalid.
  base::Result<Schedule> find_by_actors(storage::Act& act, const std::string& device_id,
                                        const std::string& room_id,
                                        const std::string& practitioner_id) const;

  clinic::RecordService<Schedule> schedules;

 private:
  base::Status check(storage::Act& act, Schedule& schedule) const;

  const clinic::PlacesService& places_;
  const clinic::PractitionerService& staff_;
};

}  // namespace facet::scheduling
