// SPDX-License-Identifier: MPL-2.0
#include "scheduling/appointment_fhir.h"

#include "scheduling/targets_fhir.h"

namespace facet::scheduling {
namespace {

using base::Json;
using base::Result;
using rest::Reader;
using storage::Act;

constexpr const char* schedule_url = "urn:facet:schedule";
constexpr const char* zone_url = "http://hl7.org/fhir/StructureDefinition/timezone";
const std::vector<std::string> participant_types{"Patient", "Device", "Location", "Practitioner"};

/// The participants' actors as a list of References; null if one of them has not accepted.
Json actors_in(const Json& participants) {
  Json actors = Json::array();
  if (!participants.is_array()) return {};
  for (const auto& one : participants) {
    if (!one.is_object() || one.value("status", Json()) != "accepted" || !one.contains("actor"))
      return {};
    actors.push_back(one["actor"]);
  }
  return actors;
}

void read_participants(Reader& r, Appointment& appointment) {
  const auto ids =
      one_of_each(references_in(actors_in(r.element("participant"))), participant_types);
  if (!ids)
    return r.refuse("participant",
                    "An appointment needs four participants who accepted: one Patient, one Device, "
                    "one Location, one Practitioner.");
  appointment.patient_id = (*ids)[0];
  appointment.device_id = (*ids)[1];
  appointment.room_id = (*ids)[2];
  appointment.practitioner_id = (*ids)[3];
}

void read_order(Reader& r, Appointment& appointment) {
  const auto ids = one_of_each(references_in(r.element("basedOn")), {"ServiceRequest"});
  if (ids)
    appointment.service_request_id = ids->front();
  else
    r.refuse("basedOn", "An appointment needs one ServiceRequest that it is based on.");
}

/// The slot is optional; the one that is named must be the one that is booked.
void read_slot(Reader& r, Appointment& appointment) {
  const auto& slots = r.element("slot");
  if (slots.is_null()) return;
  const auto ids = one_of_each(references_in(slots), {"Slot"});
  const auto dot = ids ? ids->front().rfind('.') : std::string::npos;
  if (dot == std::string::npos ||
      ids->front().substr(dot + 1) != std::to_string(appointment.start_ms))
    return r.refuse("slot", "The slot does not begin with the appointment.");
  if (appointment.schedule_id.empty()) appointment.schedule_id = ids->front().substr(0, dot);
  if (appointment.schedule_id != ids->front().substr(0, dot))
    r.refuse("slot", "The slot is of another schedule.");
}

Result<Appointment> read_appointment(const Json& body) {
  Reader r(body, "Appointment");
  Appointment appointment;
  appointment.status = r.code(
      "status", {"booked", "arrived", "checked-in", "cancelled", "fulfilled", "noshow"});
  appointment.start_ms = r.instant("start");
  appointment.end_ms = r.instant("end");
  appointment.reason = r.optional_text("comment", 1000);
  appointment.schedule_id = r.extension_text(schedule_url).value_or("");
  r.extension_text(zone_url);  // the site's; written for readers
  read_order(r, appointment);
  read_participants(r, appointment);
  read_slot(r, appointment);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return appointment;
}

Json write_appointment(const Appointment& a) {
  Json body = rest::resource("Appointment", a.id, a.version.number, a.version.recorded_ms);
  body["extension"] = Json::array({{{"url", schedule_url}, {"valueId", a.schedule_id}},
                                   {{"url", zone_url}, {"valueCode", a.time_zone}}});
  body["status"] = a.status;
  body["start"] = base::instant_text(a.start_ms);
  body["end"] = base::instant_text(a.end_ms);
  if (a.reason) body["comment"] = *a.reason;
  body["basedOn"] = Json::array({rest::reference("ServiceRequest", a.service_request_id)});
  const std::pair<const char*, const std::string&> actors[] = {{"Patient", a.patient_id},
                                                               {"Device", a.device_id},
                                                               {"Location", a.room_id},
                                                               {"Practitioner", a.practitioner_id}};
  for (const auto& [type, id] : actors)
    body["participant"].push_back({{"actor", rest::reference(type, id)}, {"status", "accepted"}});
  return body;
}

Result<AppointmentQuery> query_of(const rest::SearchQuery& asked) {
  AppointmentQuery query;
  query.patient_id = asked.reference("patient", "Patient");
  query.status = asked.first("status");
  if (const auto actor = asked.first("actor")) {
    if (actor->starts_with("Device/"))
      query.device_id = actor->substr(7);
    else if (actor->starts_with("Location/"))
      query.room_id = actor->substr(9);
    else if (actor->starts_with("Practitioner/"))
      query.practitioner_id = actor->substr(13);
    else
      return base::invalid("actor", "Name an actor with its type, like Device/id.");
  }
  const auto from = asked.bound("date", "ge");
  if (!from) return tl::unexpected<base::Error>(from.error());
  const auto to = asked.bound("date", "lt");
  if (!to) return tl::unexpected<base::Error>(to.error());
  query.from_ms = *from;
  query.to_ms = *to;
  query.most = asked.count;
  return query;
}

Result<rest::Write> accept(const BookingService& service, const std::string& id, const Json& body) {
  auto read = read_appointment(body);
  if (!read) return base::pass(read);
  read->id = id;
  return rest::Write([&service, appointment = std::move(*read)](
                         Act& act, std::optional<std::int64_t> if_match) -> Result<rest::Saved> {
    auto stored = service.save(act, appointment, if_match);
    if (!stored) return base::pass(stored);
    return rest::Saved{stored->record.version, stored->created,
                       [now = std::move(stored->record)] { return write_appointment(now); }};
  });
}

Result<std::vector<Json>> search(const BookingService& service, Act& act,
                                 const rest::SearchQuery& asked) {
  const auto query = query_of(asked);
  if (!query) return tl::unexpected<base::Error>(query.error());
  const auto found = service.search(act, *query);
  if (!found) return tl::unexpected<base::Error>(found.error());
  std::vector<Json> resources;
  for (const auto& appointment : *found) resources.push_back(write_appointment(appointment));
  return resources;
}

}  // namespace

void mount_appointments(const BookingService& service, rest::FhirServer& fhir) {
  rest::FhirType type;
  type.name = "Appointment";
  type.search_parameters = {rest::reference_to("Patient", "patient"), rest::reference_to("", "actor"), rest::date("date"),
                            rest::token("status")};
  type.read = [&service](Act& act, const std::string& id, std::optional<std::int64_t> version) {
    return service.find(act, id, version).map(write_appointment);
  };
  type.accept = [&service](const std::string& id, const Json& body) {
    return accept(service, id, body);
  };
  type.search = [&service](Act& act, const rest::SearchQuery& asked) {
    return search(service, act, asked);
  };
  type.page = clinic::pages(service.records(), type.name,
                            [&service](Act& act, const Appointment& appointment) {
                              return write_appointment(service.with_actors(act, appointment));
                            });
  fhir.add(std::move(type));
}

}  // namespace facet::scheduling
