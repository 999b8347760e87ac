// SPDX-License-Identifier: MPL-2.0
#include "scheduling/booking_service.h"

#include <limits>

#include "base/zone.h"
#include "scheduling/appointment_store.h"
#include "scheduling/hold_store.h"
#include "storage/outbox.h"

namespace facet::scheduling {

using base::ErrorCode;
using base::Interval;
using base::Result;
using base::Status;
using clinic::Permission;
using storage::Act;

namespace {

constexpr const char* topic = "appointment";
/// A patient who walks in may be booked for the minute that has just begun.
constexpr std::int64_t latest_ms = base::minute_ms;

bool same_place_and_time(const Appointment& a, const Appointment& b) {
  return a.service_request_id == b.service_request_id && a.schedule_id == b.schedule_id &&
         a.start_ms == b.start_ms && a.end_ms == b.end_ms;
}

std::string name_of(const std::string& type) {
  if (type == "Device") return "bed";
  if (type == "Location") return "room";
  if (type == "Practitioner") return "physiotherapist";
  return "patient";
}

/// "The bed is taken from 09:00 to 09:30, the room is taken from 09:00 to 09:30."
std::string taken_text(const std::vector<Hold>& taken, const Place& place) {
  std::string text;
  for (const auto& hold : taken)
    text += (text.empty() ? "The " : ", the ") + name_of(hold.type) + " is taken from " +
            clock_at(place, hold.time.start_ms) + " to " + clock_at(place, hold.time.end_ms);
  return text + ".";
}

Status check_time(const Appointment& asked, const Place& place, std::int64_t now_ms) {
  if (asked.start_ms % base::minute_ms != 0)
    return base::invalid("Appointment.start", "An appointment starts on a whole minute.");
  if (asked.start_ms < now_ms - latest_ms)
    return base::invalid("Appointment.start", "This time has passed.");
  const auto open = open_times(place.schedule.opening, place.zone, {asked.start_ms, asked.end_ms});
  if (!open) return base::invalid("Appointment.start", open.error().message);
  for (const auto& time : *open)
    if (time.start_ms <= asked.start_ms && asked.end_ms <= time.end_ms) return {};
  return base::invalid("Appointment.start", "The session does not lie within the opening hours.");
}

Status note_wall_clock(Appointment& asked, const std::string& zone) {
  const auto local = base::to_local(asked.start_ms, zone);
  if (!local) return tl::unexpected<base::Error>(local.error());
  asked.local_start = base::date_text(local->day) + "T" + clock_text(local->minute_of_day);
  asked.time_zone = zone;
  return {};
}

/// What may become of an appointment that stays where it is.
Result<Appointment> changed(const Appointment& before, const Appointment& asked,
                            std::int64_t now_ms) {
  if (asked.status == "fulfilled")
    return base::invalid("Appointment.status", "An appointment is fulfilled by its bed.");
  if (!same_place_and_time(before, asked))
    return base::invalid("Appointment", "An appointment ends where and when it was booked.");
  if (asked.status == "noshow" && before.start_ms > now_ms)
    return base::invalid("Appointment.status", "The appointment has not begun; cancel it.");
  Appointment result = before;
  result.status = asked.status;
  result.reason = asked.reason;
  return result;
}

}  // namespace

BookingService::BookingService(const ScheduleService& schedules,
                               const clinic::PatientService& patients,
                               const storage::Records<orders::ServiceRequest>& requests,
                               const orders::Gate& gate)
    : schedules_(schedules),
      patients_(patients),
      requests_(requests),
      gate_(gate),
      appointments_(appointment_records(),
                    {"Appointment", Permission::read_diary, Permission::book}) {}

Result<BookingService::Stored> BookingService::save(Act& act, Appointment asked,
                                                    std::optional<std::int64_t> if_match) const {
  if (auto ok = clinic::authorise(act, Permission::book, if_match ? 'U' : 'C', "Appointment",
                                  asked.id, {asked.patient_id});
      !ok)
    return base::pass(ok);
  const auto before = current(act, asked.id);
  if (before && before->patient_id != asked.patient_id)
    return base::invalid("Appointment.participant", "An appointment stays with its patient.");
  if (auto ok = find_schedule(act, asked, before); !ok) return base::pass(ok);
  const bool unchanged = before && same_place_and_time(*before, asked) &&
                         before->status == asked.status && before->reason == asked.reason;
  if (unchanged) return Stored{*before, false};
  if (before && !before->live())
    return base::fail(ErrorCode::conflict, "Appointment.status",
                      "This appointment is " + before->status + "; book another one.");
  if (!before && asked.status != "booked")
    return base::invalid("Appointment.status", "A new appointment is booked.");

  const bool moved = !before || !same_place_and_time(*before, asked);
  std::optional<Place> place;
  if (asked.status == "booked" && moved) {
    auto checked = check_booking(act, asked);
    if (!checked) return base::pass(checked);
    place = std::move(*checked);
  } else {
    auto record = changed(*before, asked, act.now_ms);
    if (!record) return base::pass(record);
    asked = std::move(*record);
    if (asked.status == "checked-in")
      if (auto ok = check_in(act, asked); !ok) return base::pass(ok);
  }
  auto stored = appointments_.records().put(act, std::move(asked), if_match);
  if (!stored) return stored;
  if (place || !stored->record.live()) release_holds(act, stored->record.id);
  if (place)
    if (auto ok = take(act, stored->record, *place); !ok) return base::pass(ok);
  storage::post(act.tx, topic, stored->record.id, act.now_ms);
  return stored;
}

Status BookingService::find_schedule(Act& act, Appointment& asked,
                                     const std::optional<Appointment>& before) const {
  const auto same_actors = [&asked](const auto& other) {
    return asked.device_id == other.device_id && asked.room_id == other.room_id &&
           asked.practitioner_id == other.practitioner_id;
  };
  if (asked.schedule_id.empty() && before && same_actors(*before)) {
    asked.schedule_id = before->schedule_id;
    return {};
  }
  if (asked.schedule_id.empty()) {
    auto found =
        schedules_.find_by_actors(act, asked.device_id, asked.room_id, asked.practitioner_id);
    if (!found) return base::pass(found);
    asked.schedule_id = found->id;
    return {};
  }
  const auto schedule = schedules_.schedules.records().current(act, asked.schedule_id);
  if (!schedule || !same_actors(*schedule))
    return base::invalid("Appointment.participant",
                         "The bed, room and physiotherapist are not those of the schedule.");
  return {};
}

Result<Place> BookingService::check_booking(Act& act, Appointment& asked) const {
  const auto patient = patients_.patients.records().current(act, asked.patient_id);
  if (!patient)
    return base::invalid("Appointment.participant", "There is no patient with this id.");
  if (clinic::is_deceased(*patient))
    return base::fail(ErrorCode::blocked, "Appointment.participant",
                      "This patient is recorded as deceased.");
  const auto minutes = ordered_minutes(act, asked);
  if (!minutes) return tl::unexpected<base::Error>(minutes.error());
  auto place = schedules_.place(act, asked.schedule_id);
  if (!place) return place;
  if (*minutes > place->bed.max_minutes)
    return base::invalid("Appointment.basedOn", "The order is for longer than this bed allows.");
  if (asked.end_ms != asked.start_ms + *minutes * base::minute_ms)
    return base::invalid("Appointment.end",
                         "The order is for " + std::to_string(*minutes) + " minutes.");
  if (auto ok = check_time(asked, *place, act.now_ms); !ok) return base::pass(ok);
  if (auto ok = note_wall_clock(asked, place->zone); !ok) return base::pass(ok);
  if (auto ok = ask_gate(act, asked, "booking", asked.start_ms); !ok) return base::pass(ok);
  return place;
}

Result<std::int64_t> BookingService::ordered_minutes(Act& act, const Appointment& asked) const {
  const auto request = requests_.current(act, asked.service_request_id);
  if (!request || request->patient_id != asked.patient_id)
    return base::invalid("Appointment.basedOn", "This patient has no order with this id.");
  if (request->status != "active")
    return base::invalid("Appointment.basedOn", "This order is not active.");
  return request->minutes;
}

Status BookingService::check_in(Act& act, const Appointment& asked) const {
  if (act.now_ms < asked.start_ms - check_in_before_ms)
    return base::invalid("Appointment.status",
                         "Check-in begins " +
                             std::to_string(check_in_before_ms / base::minute_ms) +
                             " minutes before the appointment.");
  if (act.now_ms >= asked.end_ms)
    return base::invalid("Appointment.status", "The time of this appointment has passed.");
  return ask_gate(act, asked, "check-in", std::max(asked.start_ms, act.now_ms));
}

Status BookingService::ask_gate(Act& act, const Appointment& asked, const char* asked_at,
                                std::int64_t for_ms) const {
  auto answer = gate_.ask(act, asked.patient_id, asked.service_request_id, asked_at, for_ms);
  if (!answer) return base::pass(answer);
  if (answer->open) return {};
  if (!clinic::may(act.who, Permission::read_clinical))
    return base::fail(ErrorCode::blocked, "Appointment", orders::no_clearance,
                      {orders::no_clearance});
  return base::fail(ErrorCode::blocked, "Appointment",
                    "This patient may not use the bed at that time.", std::move(answer->reasons));
}

Status BookingService::take(Act& act, const Appointment& booked, const Place& place) const {
  const Interval session{booked.start_ms, booked.end_ms};
  auto holds = holds_of(place, session.start_ms, session.length_ms() / base::minute_ms);
  holds.push_back({"Patient", booked.patient_id, session});
  const auto taken = take_holds(act, booked.id, std::move(holds));
  if (taken.empty()) return {};
  return base::fail(ErrorCode::conflict, "Appointment.start", taken_text(taken, place));
}

Result<Appointment> BookingService::fulfil(Act& act, const std::string& id) const {
  auto appointment = current(act, id);
  const auto patients =
      appointment ? std::vector{appointment->patient_id} : std::vector<std::string>{};
  if (auto ok =
          clinic::authorise(act, Permission::record_session, 'U', "Appointment", id, patients);
      !ok)
    return base::pass(ok);
  if (!appointment)
    return base::fail(ErrorCode::not_found, "Appointment", "There is no appointment with this id.");
  if (appointment->status == "fulfilled") return std::move(*appointment);
  if (!appointment->live())
    return base::fail(ErrorCode::conflict, "Appointment.status",
                      "This appointment is " + appointment->status + ".");
  appointment->status = "fulfilled";
  return appointments_.records().amend(act, std::move(*appointment));
}

Result<Appointment> BookingService::find(Act& act, const std::string& id,
                                         std::optional<std::int64_t> version) const {
  auto appointment = appointments_.find(act, id, version);
  if (!appointment) return appointment;
  return with_actors(act, std::move(*appointment));
}

Result<std::vector<Appointment>> BookingService::search(Act& act,
                                                        const AppointmentQuery& query) const {
  // An absent filter binds an empty text, so that there is one list of parameters.
  const auto filter = [](const auto& asked, const char* condition, const char* absent) {
    return std::string(" and ") + (asked ? condition : absent);
  };
  const auto condition =
      "start_ms >= :from and start_ms < :to" +
      filter(query.patient_id, "patient_id = :patient", ":patient = ''") +
      filter(query.status, "status = :status", ":status = ''") +
      filter(query.device_id,
             "schedule_id in (select s.id from schedule s where s.device_id = :device)",
             ":device = ''") +
      filter(query.room_id, "schedule_id in (select s.id from schedule s where s.room_id = :room)",
             ":room = ''") +
      filter(query.practitioner_id,
             "schedule_id in (select s.id from schedule s where s.practitioner_id = :person)",
             ":person = ''");
  auto found = appointments_.list(
      act, condition,
      query.from_ms ? "order by start_ms, id limit :most"
                    : "order by start_ms desc, id limit :most",
      query.from_ms.value_or(0), query.to_ms.value_or(std::numeric_limits<std::int64_t>::max()),
      query.patient_id.value_or(""), query.status.value_or(""), query.device_id.value_or(""),
      query.room_id.value_or(""), query.practitioner_id.value_or(""), query.most);
  if (!found) return found;
  for (auto& appointment : *found) appointment = with_actors(act, std::move(appointment));
  return found;
}

std::optional<Appointment> BookingService::current(Act& act, const std::string& id) const {
  auto appointment = appointments_.records().current(act, id);
  if (!appointment) return {};
  return with_actors(act, std::move(*appointment));
}

Appointment BookingService::with_actors(Act& act, Appointment appointment) const {
  if (const auto schedule = schedules_.schedules.records().current(act, appointment.schedule_id)) {
    appointment.device_id = schedule->device_id;
    appointment.room_id = schedule->room_id;
    appointment.practitioner_id = schedule->practitioner_id;
  }
  return appointment;
}

}  // namespace facet::scheduling
