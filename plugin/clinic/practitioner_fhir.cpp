// SPDX-License-Identifier: MPL-2.0
#include "clinic/practitioner_fhir.h"

#include "clinic/names_fhir.h"

namespace facet::clinic {
namespace {

using base::Json;
using base::Result;
using rest::Reader;

/// One qualification: {identifier:[{value}], issuer:{display}, period:{end}, code:{text}}.
void read_qualification(Reader& r, Practitioner& practitioner) {
  const auto& list = r.element("qualification");
  if (list.is_null()) return;
  try {
    const auto& one = list.at(0);
    practitioner.regulator = one.at("issuer").at("display").get<std::string>();
    practitioner.registration_number = one.at("identifier").at(0).at("value").get<std::string>();
    practitioner.registration_expires = one.at("period").at("end").get<std::string>();
    const auto day = base::parse_date(*practitioner.registration_expires);
    if (list.size() == 1 && day && day->day != 0 && practitioner.regulator->size() <= 50 &&
        practitioner.registration_number->size() <= 50)
      return;
  } catch (const Json::exception&) {
    // Refused below, like a value out of bounds.
  }
  r.refuse("qualification", "A registration is {identifier:[{value}], issuer:{display}, "
                            "period:{end: YYYY-MM-DD}, code}.");
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

}  // namespace

void mount_practitioners(const PractitionerService& service, rest::FhirServer& fhir) {
  fhir.add(fhir_type<Practitioner>(service.practitioners, read_practitioner, write_practitioner, {}));
}

}  // namespace facet::clinic
