// SPDX-License-Identifier: MPL-2.0
#include "handouts/handout_gather.h"

#include <algorithm>
#include <map>

#include "base/zone.h"
#include "clinic/names_fhir.h"
#include "clinic/patient_merge.h"
#include "handouts/handout_findings.h"

namespace facet::handouts {
namespace {

using base::Json;
using base::Result;
using clinic::Permission;
using storage::Act;

constexpr int most_sessions = 6;
constexpr int most_visits = 6;

LocalTime at_clinic(std::int64_t at_ms, const std::string& zone) {
  const auto local = base::to_local(at_ms, zone);
  return {calendar_day(local->day), local->minute_of_day};
}

std::optional<std::string> room_name(Act& act, const RecordSources& from,
                                     const std::optional<std::string>& location_id) {
  if (!location_id) return {};
  const auto place = from.places.locations.records().current(act, *location_id);
  if (!place) return {};
  return place->name;
}

void add_sessions(Act& act, const RecordSources& from, const std::string& patient_id,
                  HandoutInput& input) {
  const auto booked = from.bookings.records().where(
      act,
      std::string(clinic::of_same_person) +
          " and status in ('booked', 'arrived', 'checked-in') and start_ms >= :now",
      "order by start_ms, id limit :most", patient_id, patient_id, act.now_ms, most_sessions);
  for (const auto& row : booked) {
    const auto appointment = from.bookings.with_actors(act, row);
    BedSessionInput session;
    session.start = at_clinic(appointment.start_ms, appointment.time_zone);
    session.minutes =
        static_cast<int>((appointment.end_ms - appointment.start_ms) / base::minute_ms);
    if (const auto order =
            from.orders.requests.records().current(act, appointment.service_request_id)) {
      session.minutes = static_cast<int>(order->minutes);
      if (auto zones = orders::zones_of(order->zones, "zone")) session.zones = std::move(*zones);
    }
    session.where = room_name(act, from, appointment.room_id).value_or("");
    input.bed_sessions.push_back(std::move(session));
  }
  if (!input.bed_sessions.empty())
    input.check_in_minutes = static_cast<int>(scheduling::check_in_before_ms / base::minute_ms);
}

void add_visits(Act& act, const RecordSources& from, const std::string& patient_id,
                const std::string& clinic_zone, HandoutInput& input) {
  for (const auto& visit : from.visits.encounters.records().where(
           act,
           std::string(clinic::of_same_person) + " and status = 'planned' and start_ms >= :now",
           "order by start_ms, id limit :most", patient_id, patient_id, act.now_ms, most_visits)) {
    const auto zone = visit.site_id ? from.places.time_zone(act, *visit.site_id).value_or(clinic_zone)
                                    : clinic_zone;
    VisitInput planned{at_clinic(visit.start_ms, zone), {}, {}};
    if (visit.practitioner_id)
      if (const auto with =
              from.practitioners.practitioners.records().current(act, *visit.practitioner_id))
        planned.with = fit(with->name);
    planned.where = room_name(act, from, visit.site_id).value_or("");
    input.visits.push_back(std::move(planned));
  }
}

/// The first in the clinic's own order of preference.
std::string contact_of(const Json& telecom, const char* system) {
  const Json* best = nullptr;
  for (const auto& one : telecom)
    if (one["system"] == system && one.value("use", "") != "old" &&
        (best == nullptr || one.value("rank", 101) < best->value("rank", 101)))
      best = &one;
  return best ? (*best)["value"].get<std::string>() : "";
}

/// Of the patient's own clinic; of the first that has one, where that has none.
ContactInput contact(Act& act, const RecordSources& from, const std::string& organization_id) {
  const auto own = from.places.organizations.records().current(act, organization_id);
  auto telecom = own ? own->telecom : std::nullopt;
  if (!telecom)
    for (const auto& other : from.places.organizations.records().where(
             act, "status = 'active' and telecom is not null", "order by id limit 1"))
      telecom = other.telecom;
  if (!telecom) return {};
  const auto list = Json::parse(*telecom);
  return {contact_of(list, "phone"), contact_of(list, "email")};
}

std::optional<SpokenLanguage> preferred_language(const clinic::Patient& patient) {
  if (!patient.communication) return {};
  const auto list = Json::parse(*patient.communication);
  const Json* chosen = nullptr;
  for (const auto& one : list)
    if (one.value("preferred", false) || (chosen == nullptr && list.size() == 1)) chosen = &one;
  if (chosen == nullptr) return {};
  const auto& coding = (*chosen)["language"]["coding"][0];
  const auto code = coding["code"].get<std::string>();
  return SpokenLanguage{code, coding.value("display", (*chosen)["language"].value("text", code))};
}

bool reads_large_print(const clinic::Patient& patient) {
  return ("," + patient.accessible_format.value_or("") + ",").find(",large-print,") !=
         std::string::npos;
}

Result<std::optional<std::string>> recipient_name(Act& act, const RecordSources& from,
                                                  const std::string& patient_id,
                                                  const std::optional<std::string>& recipient_id) {
  if (!recipient_id) return std::optional<std::string>{};
  const auto person = from.related_persons.persons.records().current(act, *recipient_id);
  const auto same = clinic::same_person(act, patient_id);
  const bool theirs =
      person && person->active && std::find(same.begin(), same.end(), person->patient_id) != same.end();
  if (!theirs || !person->names)
    return base::invalid("recipient", "This patient has no related person with this id.");
  return std::optional<std::string>{fit(clinic::display_name(Json::parse(*person->names)))};
}

/// Of the clinic's first site, which is where a small clinic prints.
std::string clinic_time_zone(Act& act) {
  const auto zone = act.tx.query_one<std::string>(
      "select time_zone from location where time_zone is not null order by id, version desc limit 1");
  return zone ? std::get<0>(*zone) : "UTC";
}

}  // namespace

Result<Gathered> gather(Act& act, const RecordSources& from, const std::string& clinic_name,
                        const std::string& patient_id,
                        const std::optional<std::string>& recipient_id) {
  if (auto ok = clinic::authorise(act, Permission::print_handout, 'R', "Patient", patient_id,
                                  {patient_id});
      !ok)
    return base::pass(ok);
  const auto patient = from.patients.patients.records().current(act, patient_id);
  if (!patient)
    return base::fail(base::ErrorCode::not_found, "Patient", "There is no Patient with this id.");
  auto recipient = recipient_name(act, from, patient_id, recipient_id);
  if (!recipient) return base::pass(recipient);
  const auto zone = clinic_time_zone(act);
  Gathered found{{}, preferred_language(*patient), reads_large_print(*patient)};
  auto& input = found.input;
  input.clinic = fit(clinic_name);
  input.patient = fit(clinic::display_name(*patient));
  input.recipient = std::move(*recipient);
  input.given_on = at_clinic(act.now_ms, zone).day;
  const auto giver = from.practitioners.practitioners.records().current(act, act.who.user_id);
  input.given_by = fit(giver ? giver->name : act.who.user_id);
  add_findings(act, from.observations, patient_id, zone, input);
  add_sessions(act, from, patient_id, input);
  add_visits(act, from, patient_id, zone, input);
  input.contact = contact(act, from, patient->organization_id);
  return found;
}

Result<HandoutInput> gather_general(Act& act, const RecordSources& from,
                                    const std::string& clinic_name) {
  if (auto ok = clinic::authorise(act, Permission::read_clinic, 'R', "Organization", "", {}); !ok)
    return base::pass(ok);
  HandoutInput input;
  input.clinic = fit(clinic_name);
  input.contact = contact(act, from, "");
  input.given_on = at_clinic(act.now_ms, clinic_time_zone(act)).day;
  return input;
}

}  // namespace facet::handouts
