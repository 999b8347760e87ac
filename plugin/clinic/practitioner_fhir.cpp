// SPDX-License-Identifier: MPL-2.0
#include "clinic/practitioner_fhir.h"

#include "base/uuid.h"
#include "clinic/names_fhir.h"
#include "clinic/parts.h"
#include "clinic/period_fhir.h"

namespace facet::clinic {
namespace {

using base::Json;
using base::Result;
using rest::Reader;

/// One qualification: {identifier:[{value}], issuer:{display}, period:{end}, code:{text}}.
const Parts& qualification() {
  static const Form day{[](const Json& value) {
                          const auto date = value.is_string()
                                                ? base::parse_date(value.get<std::string>())
                                                : std::nullopt;
                          return date && date->day != 0;
                        },
                        "This must be a day, YYYY-MM-DD."};
  static const Parts parts{
      {"identifier",
       list_of(made_of({{"system", short_text(200)}, {"value", short_text(50), true}}), 1), true},
      {"code", made_of({{"text", short_text(100), true}})},
      {"period", made_of({{"end", day, true}}), true},
      {"issuer", made_of({{"display", short_text(50), true}}), true}};
  return parts;
}

void read_qualification(Reader& r, Practitioner& practitioner) {
  const auto list = read_list(r, "qualification", qualification(), 1);
  if (list.is_null()) return;
  practitioner.regulator = list[0]["issuer"]["display"].get<std::string>();
  practitioner.registration_number = list[0]["identifier"][0]["value"].get<std::string>();
  practitioner.registration_expires = list[0]["period"]["end"].get<std::string>();
}

Result<Practitioner> read_practitioner(const Json& body) {
  Reader r(body, "Practitioner");
  Practitioner practitioner;
  practitioner.active = r.boolean("active", true);
  practitioner.name = read_staff_name(r);
  const auto organization = r.extensions("urn:facet:organization");
  if (organization.size() == 1 && organization[0].is_string())
    practitioner.organization_id = organization[0].get<std::string>();
  read_qualification(r, practitioner);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return practitioner;
}

Json write_practitioner(const Practitioner& p) {
  Json body = rest::resource("Practitioner", p.id, p.version.number, p.version.recorded_ms);
  if (!p.organization_id.empty())
    body["extension"] =
        Json::array({{{"url", "urn:facet:organization"}, {"valueId", p.organization_id}}});
  body["active"] = p.active;
  body["name"] = Json::array({{{"text", p.name}}});
  if (p.regulator)
    body["qualification"] =
        Json::array({{{"identifier", Json::array({{{"value", *p.registration_number}}})},
                      {"code", {{"text", "Registration"}}},
                      {"period", {{"end", *p.registration_expires}}},
                      {"issuer", {{"display", *p.regulator}}}}});
  return body;
}

constexpr const char* role_system = "urn:facet:role";

/// The place in a list of one reference.
std::optional<std::string> read_place(Reader& r) {
  static const Parts parts{{"reference", short_text(80), true}};
  const auto list = read_list(r, "location", parts, 1);
  if (list.is_null()) return {};
  const auto target = list[0]["reference"].get<std::string>();
  if (target.starts_with("Location/") && base::is_fhir_id(target.substr(9)))
    return target.substr(9);
  r.refuse("location[0].reference", "This must be a reference to a Location.");
  return {};
}

Result<PractitionerRole> read_role(const Json& body) {
  Reader r(body, "PractitionerRole");
  PractitionerRole role;
  role.active = r.boolean("active", true);
  role.practitioner_id = r.reference("practitioner", "Practitioner");
  role.organization_id = r.reference("organization", "Organization");
  role.location_id = read_place(r);
  role.code = r.coding("code", role_system);
  if (const auto& c = role.code; c != "physiotherapist" && c != "doctor" && c != "assistant" &&
                                 c != "receptionist" && c != "manager")
    r.refuse("code",
             "This must be one of: physiotherapist, doctor, assistant, receptionist, manager.");
  read_open_period(r, role.start_ms, role.end_ms);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return role;
}

Json write_role(const PractitionerRole& p) {
  Json body = rest::resource("PractitionerRole", p.id, p.version.number, p.version.recorded_ms);
  body["active"] = p.active;
  write_open_period(p.start_ms, p.end_ms, body);
  body["practitioner"] = rest::reference("Practitioner", p.practitioner_id);
  body["organization"] = rest::reference("Organization", p.organization_id);
  body["code"] = Json::array({rest::concept_of(role_system, p.code)});
  if (p.location_id) body["location"] = Json::array({rest::reference("Location", *p.location_id)});
  return body;
}

}  // namespace

void mount_practitioners(const PractitionerService& service, rest::FhirServer& fhir) {
  fhir.add(
      fhir_type<Practitioner>(service.practitioners, read_practitioner, write_practitioner, {}));
  fhir.add(fhir_type<PractitionerRole>(
      service.roles, read_role, write_role,
      {{rest::reference_to("Practitioner", "practitioner", "practitioner_id", "practitioner"),
        rest::reference_to("Organization", "organization", "organization_id", "organization"),
        rest::reference_to("Location", "location", "location_id", "location"),
        rest::token("role", "code")}}));
}

}  // namespace facet::clinic
