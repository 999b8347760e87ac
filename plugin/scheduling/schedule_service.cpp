// SPDX-License-Identifier: MPL-2.0
#include "scheduling/schedule_service.h"

#include "scheduling/free_slots.h"
#include "scheduling/hold_store.h"
#include "scheduling/schedule_store.h"

namespace facet::scheduling {

using base::ErrorCode;
using base::Interval;
using base::Result;
using clinic::Permission;
using storage::Act;

namespace {

constexpr std::int64_t look_ahead_ms = 14 * base::day_ms;
constexpr std::int64_t most_look_ahead_ms = 92 * base::day_ms;
constexpr std::size_t longest_id = 50;  // a slot's id adds '.' and 13 digits; a FHIR id has 64

Result<Interval> starts_of(const SlotQuestion& question, std::int64_t now_ms) {
  const auto from_ms = std::max(question.from_ms.value_or(now_ms), now_ms);
  const Interval starts{from_ms, question.to_ms.value_or(from_ms + look_ahead_ms)};
  if (starts.length_ms() > most_look_ahead_ms)
    return base::invalid("start", "Slots can be looked for at most 92 days at a time.");
  return starts;
}

}  // namespace

ScheduleService::ScheduleService(const clinic::PlacesService& places,
                                 const clinic::PractitionerService& staff)
    : schedules(schedule_records(),
                {"Schedule", Permission::read_clinic, Permission::manage_clinic,
                 [this](Act& act, Schedule& schedule) { return check(act, schedule); }}),
      places_(places),
      staff_(staff) {}

base::Status ScheduleService::check(Act& act, Schedule& schedule) const {
  if (schedule.id.size() > longest_id)
    return base::invalid("Schedule.id", "A schedule's id has at most 50 characters.");
  const auto bed = places_.devices.records().current(act, schedule.device_id);
  if (!bed) return base::invalid("Schedule.actor", "There is no bed with this id.");
  schedule.organization_id = bed->organization_id;
  const auto before = schedules.records().current(act, schedule.id);
  if (before && (before->device_id != schedule.device_id || before->room_id != schedule.room_id ||
                 before->practitioner_id != schedule.practitioner_id))
    return base::invalid("Schedule.actor",
                         "A schedule keeps its bed, room and physiotherapist; make another one.");
  if (!schedule.active) return {};
  if (bed->location_id != schedule.room_id)
    return base::invalid("Schedule.actor", "The bed does not stand in this room.");
  if (!places_.time_zone(act, schedule.room_id))
    return base::invalid("Schedule.actor", "The room's site has no time zone.");
  const auto person = staff_.practitioners.records().current(act, schedule.practitioner_id);
  if (!person || !person->active)
    return base::invalid("Schedule.actor", "There is no active member of staff with this id.");
  return {};
}

Result<Place> ScheduleService::place(Act& act, const std::string& schedule_id) const {
  auto schedule = schedules.records().current(act, schedule_id);
  if (!schedule)
    return base::fail(ErrorCode::not_found, "Schedule", "There is no schedule with this id.");
  auto bed = places_.devices.records().current(act, schedule->device_id);
  if (!schedule->active || !bed || bed->status != "active")
    return base::fail(ErrorCode::conflict, "Schedule", "This bed is not in use at present.");
  auto zone = places_.time_zone(act, schedule->room_id);
  if (!zone) return base::pass(zone);
  return Place{std::move(*schedule), std::move(*bed), std::move(*zone)};
}

Result<std::vector<Slot>> ScheduleService::free_slots(Act& act,
                                                      const SlotQuestion& question) const {
  if (auto ok =
          clinic::authorise(act, Permission::read_diary, 'R', "Slot", question.schedule_id, {});
      !ok)
    return base::pass(ok);
  auto where = place(act, question.schedule_id);
  if (!where && where.error().code == ErrorCode::conflict) return std::vector<Slot>{};
  if (!where) return base::pass(where);
  if (question.minutes < 1 || question.minutes > where->bed.max_minutes)
    return base::invalid("minutes", "A session on this bed lasts 1 to " +
                                        std::to_string(where->bed.max_minutes) + " minutes.");
  const auto starts = starts_of(question, act.now_ms);
  if (!starts) return tl::unexpected<base::Error>(starts.error());
  if (!starts->valid()) return std::vector<Slot>{};

  SlotSearch search;
  search.starts = *starts;
  search.session_ms = question.minutes * base::minute_ms;
  search.most = static_cast<std::size_t>(question.most);
  auto open = open_times(where->schedule.opening, where->zone,
                         {starts->start_ms, starts->end_ms + search.session_ms});
  if (!open) return base::pass(open);
  search.open = std::move(*open);
  for (const auto& hold : holds_of(*where, 0, question.minutes)) {
    const auto length_ms = hold.time.length_ms();
    search.needs.push_back(
        {holds_in(act, hold.resource_id, {starts->start_ms, starts->end_ms + length_ms}),
         length_ms});
  }
  std::vector<Slot> slots;
  for (const auto start_ms : free_starts(search))
    slots.push_back({question.schedule_id, {start_ms, start_ms + search.session_ms}});
  return slots;
}

Result<Schedule> ScheduleService::find_by_actors(Act& act, const std::string& device_id,
                                                 const std::string& room_id,
                                                 const std::string& practitioner_id) const {
  auto found = schedules.records().where(
      act,
      "device_id = :device and room_id = :room and practitioner_id = :practitioner and active = 1",
      "order by id limit 1", device_id, room_id, practitioner_id);
  if (found.empty())
    return base::invalid("Appointment.participant",
                         "No schedule has this bed, room and physiotherapist together.");
  return std::move(found.front());
}

}  // namespace facet::scheduling
