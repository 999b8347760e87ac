// SPDX-License-Identifier: MPL-2.0
#include "clinic/patient_fhir.h"

#include "clinic/names_fhir.h"

namespace facet::clinic {
namespace {

using base::Json;
using base::Result;
using rest::Reader;

constexpr std::size_t longest_list = 4096;  // bytes of JSON

/// A list of objects kept as it was sent: contact points, addresses, identifiers.
std::optional<std::string> read_list(Reader& r, const char* name) {
  const auto& list = r.element(name);
  if (list.is_null()) return {};
  bool good = list.is_array() && !list.empty() && list.size() <= 10;
  if (good)
    for (const auto& one : list) good = good && one.is_object();
  if (!good || list.dump().size() > longest_list) {
    r.refuse(name, "This must be a list of 1 to 10 objects, at most 4096 bytes in all.");
    return {};
  }
  return list.dump();
}

Result<Patient> read_patient(const Json& body) {
  Reader r(body, "Patient");
  Patient patient;
  patient.active = r.boolean("active", true);
  const auto& names = r.element("name");
  check_names(r, names);
  patient.names = names.dump();
  patient.birth_date = r.optional_text("birthDate", 10);
  if (patient.birth_date && !base::parse_date(*patient.birth_date))
    r.refuse("birthDate", "This must be a date: YYYY, YYYY-MM or YYYY-MM-DD.");
  patient.telecom = read_list(r, "telecom");
  patient.address = read_list(r, "address");
  patient.identifiers = read_list(r, "identifier");
  if (!r.element("gender").is_null())
    patient.gender = r.code("gender", {"male", "female", "other", "unknown"});
  patient.deceased_ms = r.optional_instant("deceasedDateTime");
  patient.organization_id = r.optional_reference("managingOrganization", "Organization").value_or("");
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return patient;
}

Result<std::vector<Patient>> search(const PatientService& service, storage::Act& act,
                                    const rest::SearchQuery& query) {
  if (const auto id = query.first("_id")) {
    auto one = service.patients.find(act, *id);
    if (!one) return base::pass(one);
    return std::vector<Patient>{std::move(*one)};
  }
  return service.search(act, query.first("name").value_or(""), query.count);
}

}  // namespace

Json write_patient(const Patient& p) {
  Json body = rest::resource("Patient", p.id, p.version.number, p.version.recorded_ms);
  if (p.identifiers) body["identifier"] = Json::parse(*p.identifiers);
  body["active"] = p.active;
  if (p.names) body["name"] = Json::parse(*p.names);
  if (p.telecom) body["telecom"] = Json::parse(*p.telecom);
  if (p.gender) body["gender"] = *p.gender;
  if (p.birth_date) body["birthDate"] = *p.birth_date;
  if (p.deceased_ms) body["deceasedDateTime"] = base::instant_text(*p.deceased_ms);
  if (p.address) body["address"] = Json::parse(*p.address);
  if (!p.organization_id.empty())
    body["managingOrganization"] = rest::reference("Organization", p.organization_id);
  return body;
}

void mount_patients(const PatientService& service, rest::FhirServer& fhir) {
  fhir.add(fhir_type<Patient>(service.patients, read_patient, write_patient, {"_id", "name"},
                              [&service](storage::Act& act, const rest::SearchQuery& query) {
                                return search(service, act, query);
                              }));
}

}  // namespace facet::clinic
