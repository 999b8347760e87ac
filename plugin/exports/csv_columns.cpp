// SPDX-License-Identifier: MPL-2.0
#include "exports/csv_columns.h"

#include <map>

namespace facet::exports {
namespace {

using base::Json;
using Cell = std::function<Json(const Json&)>;

const Json& find(const Json& resource, const char* pointer) {
  static const Json absent;
  const Json::json_pointer place(pointer);
  return resource.contains(place) ? resource[place] : absent;
}

bool has(const Json& object, const char* name, const std::string& value) {
  return object.is_object() && object.contains(name) && object[name] == value;
}

/// Several values in one cell.
void join(Json& cell, const Json& value, const char* between) {
  if (cell.is_null())
    cell = value;
  else
    cell = (cell.is_string() ? cell.get<std::string>() : cell.dump()) + between +
           (value.is_string() ? value.get<std::string>() : value.dump());
}

Json id_in(const Json& reference) {
  if (!reference.is_string()) return {};
  const auto& text = reference.get_ref<const std::string&>();
  return text.substr(text.rfind('/') + 1);
}

Cell at(const char* pointer) {
  return [pointer](const Json& resource) { return find(resource, pointer); };
}

/// The id of a Reference.
Cell id_at(const char* pointer) {
  return [pointer](const Json& resource) { return id_in(find(resource, pointer)); };
}

Cell words_at(const char* pointer) {
  return [pointer](const Json& resource) {
    Json cell;
    const auto& list = find(resource, pointer);
    if (list.is_array())
      for (const auto& one : list) join(cell, one, " ");
    return cell;
  };
}

/// From the first object of a list whose member has a value.
Cell pick(const char* list_pointer, const char* name, const char* value, const char* wanted) {
  return [=](const Json& resource) -> Json {
    const auto& list = find(resource, list_pointer);
    if (list.is_array())
      for (const auto& one : list)
        if (has(one, name, value) && one.contains(wanted)) return one[wanted];
    return {};
  };
}

Cell coded(const char* codings, const char* system) {
  return pick(codings, "system", system, "code");
}

/// The values of all extensions with a url.
Cell extension(const char* url) {
  return [url](const Json& resource) {
    Json cell;
    const auto& list = find(resource, "/extension");
    if (!list.is_array()) return cell;
    for (const auto& one : list)
      if (has(one, "url", url))
        for (const auto& [key, value] : one.items())
          if (key.starts_with("value")) join(cell, value, "; ");
    return cell;
  };
}

/// The id of the participant of one type.
Cell participant(const char* type) {
  return [prefix = std::string(type) + "/"](const Json& resource) -> Json {
    const auto& list = find(resource, "/participant");
    if (list.is_array())
      for (const auto& one : list) {
        const auto& actor = find(one, "/actor/reference");
        if (actor.is_string() && actor.get_ref<const std::string&>().starts_with(prefix))
          return id_in(actor);
      }
    return {};
  };
}

Json address_text(const Json& resource) {
  const auto& address = find(resource, "/address/0");
  if (!address.is_object()) return {};
  if (address.contains("text")) return address["text"];
  Json cell;
  if (find(address, "/line").is_array())
    for (const auto& line : address["line"]) join(cell, line, ", ");
  for (const char* name : {"city", "district", "state", "postalCode", "country"})
    if (address.contains(name)) join(cell, address[name], ", ");
  return cell;
}

Json identifiers(const Json& resource) {
  Json cell;
  const auto& list = find(resource, "/identifier");
  if (list.is_array())
    for (const auto& one : list) {
      const auto& system = find(one, "/system");
      const auto& value = find(one, "/value");
      if (value.is_string())
        join(cell,
             (system.is_string() ? system.get<std::string>() + "|" : "") + value.get<std::string>(),
             "; ");
    }
  return cell;
}

/// What an audit event was done with: its type and, if there is one, its id.
Json touched(const Json& resource) {
  const auto& what = find(resource, "/entity/0/what/reference");
  return what.is_string() ? what : find(resource, "/entity/0/type/code");
}

Json patients_touched(const Json& resource) {
  Json cell;
  const auto& list = find(resource, "/entity");
  if (list.is_array())
    for (const auto& one : list)
      if (one.contains("role")) join(cell, id_in(find(one, "/what/reference")), " ");
  return cell;
}

Json roles(const Json& resource) {
  Json cell;
  const auto& list = find(resource, "/agent/0/role");
  if (list.is_array())
    for (const auto& one : list) join(cell, find(one, "/coding/0/code"), " ");
  return cell;
}

Json patient_id(const Json& resource) {
  const auto& subject = find(resource, "/subject/reference");
  return id_in(subject.is_string() ? subject : find(resource, "/patient/reference"));
}

Json whole(const Json& resource) { return resource.dump(); }

const std::vector<CsvColumn> first_columns{{"id", at("/id")},
                                           {"version", at("/meta/versionId")},
                                           {"last_updated", at("/meta/lastUpdated")}};

const std::vector<CsvColumn> other_type{{"patient_id", patient_id}, {"fhir_json", whole}};

const std::map<std::string, std::vector<CsvColumn>> types{
    {"Patient",
     {{"family_name", at("/name/0/family")},
      {"given_names", words_at("/name/0/given")},
      {"name_text", at("/name/0/text")},
      {"birth_date", at("/birthDate")},
      {"gender", at("/gender")},
      {"phone", pick("/telecom", "system", "phone", "value")},
      {"email", pick("/telecom", "system", "email", "value")},
      {"address", address_text},
      {"identifiers", identifiers},
      {"organization_id", id_at("/managingOrganization/reference")},
      {"active", at("/active")},
      {"deceased", at("/deceasedDateTime")}}},
    {"Practitioner",
     {{"name", at("/name/0/text")},
      {"active", at("/active")},
      {"registration", at("/qualification/0/identifier/0/value")},
      {"regulator", at("/qualification/0/issuer/display")},
      {"registration_expires", at("/qualification/0/period/end")}}},
    {"Encounter",
     {{"patient_id", patient_id},
      {"status", at("/status")},
      {"start", at("/period/start")},
      {"end", at("/period/end")},
      {"practitioner_id", id_at("/participant/0/individual/reference")},
      {"episode_id", id_at("/episodeOfCare/0/reference")}}},
    {"Consent",
     {{"patient_id", patient_id},
      {"status", at("/status")},
      {"category", coded("/category/0/coding", "urn:facet:consent")},
      {"given", at("/dateTime")}}},
    {"Observation",
     {{"patient_id", patient_id},
      {"encounter_id", id_at("/encounter/reference")},
      {"procedure_id", id_at("/partOf/0/reference")},
      {"status", at("/status")},
      {"effective", at("/effectiveDateTime")},
      {"code_system", at("/code/coding/0/system")},
      {"code", at("/code/coding/0/code")},
      {"name", at("/code/coding/0/display")},
      {"spinal_level", coded("/bodySite/coding", "urn:facet:spinal-level")},
      {"side", coded("/bodySite/coding", "urn:facet:side")},
      {"value", at("/valueInteger")},
      {"pain_on_pressure", at("/component/0/valueBoolean")},
      {"note", at("/note/0/text")}}},
    {"ClinicalImpression",
     {{"patient_id", patient_id},
      {"status", at("/status")},
      {"assessor_id", id_at("/assessor/reference")},
      {"assessor", at("/assessor/display")},
      {"valid_from", at("/effectivePeriod/start")},
      {"valid_until", at("/effectivePeriod/end")},
      {"zones", extension("urn:facet:zone")},
      {"max_strength", extension("urn:facet:max-strength")},
      {"max_minutes", extension("urn:facet:max-minutes")},
      {"summary", at("/summary")}}},
    {"ServiceRequest",
     {{"patient_id", patient_id},
      {"status", at("/status")},
      {"ordered", at("/authoredOn")},
      {"requester_id", id_at("/requester/reference")},
      {"zones", extension("urn:facet:zone")},
      {"strength", extension("urn:facet:strength")},
      {"speed", extension("urn:facet:speed")},
      {"minutes", extension("urn:facet:minutes")}}},
    {"Appointment",
     {{"patient_id", participant("Patient")},
      {"status", at("/status")},
      {"start", at("/start")},
      {"end", at("/end")},
      {"time_zone", extension("http://hl7.org/fhir/StructureDefinition/timezone")},
      {"bed_id", participant("Device")},
      {"room_id", participant("Location")},
      {"practitioner_id", participant("Practitioner")},
      {"order_id", id_at("/basedOn/0/reference")},
      {"schedule_id", extension("urn:facet:schedule")},
      {"comment", at("/comment")}}},
    {"Procedure",
     {{"patient_id", patient_id},
      {"order_id", id_at("/basedOn/0/reference")},
      {"status", at("/status")},
      {"start", at("/performedPeriod/start")},
      {"end", at("/performedPeriod/end")},
      {"fhir_json", whole}}},
    {"AuditEvent",
     {{"recorded", at("/recorded")},
      {"who", at("/agent/0/altId")},
      {"roles", roles},
      {"address", at("/agent/0/network/address")},
      {"purpose", at("/purposeOfEvent/0/text")},
      {"action", at("/action")},
      {"what", touched},
      {"patient_ids", patients_touched},
      {"outcome", at("/outcome")},
      {"reason", at("/outcomeDesc")},
      {"chain", extension("urn:facet:audit-chain")},
      {"number", extension("urn:facet:audit-number")}}}};

}  // namespace

std::vector<CsvColumn> csv_columns(const std::string& type) {
  auto columns = first_columns;
  const auto own = types.find(type);
  const auto& rest = own == types.end() ? other_type : own->second;
  columns.insert(columns.end(), rest.begin(), rest.end());
  return columns;
}

}  // namespace facet::exports
