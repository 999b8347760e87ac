// SPDX-License-Identifier: MPL-2.0
#include "clinic/related_person_fhir.h"

#include <algorithm>
#include <array>

#include "clinic/contact_fhir.h"
#include "clinic/names_fhir.h"
#include "clinic/period_fhir.h"

namespace facet::clinic {
namespace {

using base::Json;
using base::Result;
using rest::Reader;

constexpr const char* relationship_system = "urn:facet:relationship";
constexpr std::array<std::string_view, 6> relationships{"guardian",          "proxy", "next-of-kin",
                                                        "emergency-contact", "carer", "other"};

Result<RelatedPerson> read_person(const Json& body) {
  Reader r(body, "RelatedPerson");
  RelatedPerson person;
  person.active = r.boolean("active", true);
  person.patient_id = r.reference("patient", "Patient");
  person.relationship = r.coding("relationship", relationship_system);
  if (std::find(relationships.begin(), relationships.end(), person.relationship) ==
      relationships.end())
    r.refuse("relationship",
             "This must be one of: guardian, proxy, next-of-kin, emergency-contact, carer, other.");
  const auto& names = r.element("name");
  check_names(r, names);
  person.names = names.dump();
  person.telecom = read_telecom(r);
  person.address = read_address(r);
  read_open_period(r, person.start_ms, person.end_ms);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return person;
}

Json write_person(const RelatedPerson& p) {
  Json body = rest::resource("RelatedPerson", p.id, p.version.number, p.version.recorded_ms);
  body["active"] = p.active;
  body["patient"] = rest::reference("Patient", p.patient_id);
  body["relationship"] = Json::array({rest::concept_of(relationship_system, p.relationship)});
  if (p.names) body["name"] = Json::parse(*p.names);
  if (p.telecom) body["telecom"] = Json::parse(*p.telecom);
  if (p.address) body["address"] = Json::parse(*p.address);
  write_open_period(p.start_ms, p.end_ms, body);
  return body;
}

}  // namespace

void mount_related_persons(const RelatedPersonService& service, rest::FhirServer& fhir) {
  fhir.add(fhir_type<RelatedPerson>(
      service.persons, read_person, write_person,
      {{by_patient("patient"), rest::token("relationship", "relationship")}}));
}

}  // namespace facet::clinic
