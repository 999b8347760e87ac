// SPDX-License-Identifier: MPL-2.0
#include "clinic/patient_fhir.h"

#include "base/uuid.h"
#include "clinic/contact_fhir.h"
#include "clinic/names_fhir.h"
#include "clinic/needs_fhir.h"
#include "clinic/parts.h"
#include "clinic/patient_index.h"
#include "clinic/patient_merge.h"
#include "rest/outcome.h"
#include "rest/reason.h"

namespace facet::clinic {
namespace {

using base::Json;
using base::Result;
using rest::Reader;
using storage::Act;

void read_deceased(Reader& r, Patient& patient) {
  patient.deceased_ms = r.optional_instant("deceasedDateTime");
  if (r.element("deceasedBoolean").is_null()) return;
  patient.deceased = r.boolean("deceasedBoolean", false);
  if (patient.deceased_ms)
    r.refuse("deceasedBoolean", "This is given as a date and time or as true or false, not both.");
}

std::optional<std::vector<PatientLink>> read_links(Reader& r) {
  static const Parts parts{{"other", made_of({{"reference", short_text(80), true}}), true},
                           {"type", one_of({"replaced-by", "replaces"}), true}};
  const auto list = read_list(r, "link", parts, 50);
  if (list.is_null()) return {};
  std::vector<PatientLink> links;
  for (const auto& one : list) {
    const auto target = one["other"]["reference"].get<std::string>();
    links.push_back({target.starts_with("Patient/") ? target.substr(8) : "",
                     one["type"].get<std::string>()});
  }
  return links;
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
  patient.telecom = read_telecom(r);
  patient.address = read_address(r);
  patient.identifiers = read_identifiers(r);
  if (!r.element("gender").is_null())
    patient.gender = r.code("gender", {"male", "female", "other", "unknown"});
  read_deceased(r, patient);
  read_needs(r, patient);
  patient.links = read_links(r);
  patient.organization_id = r.optional_reference("managingOrganization", "Organization").value_or("");
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return patient;
}

Json link(const char* type, const std::string& other_id) {
  return {{"other", rest::reference("Patient", other_id)}, {"type", type}};
}

Json write_patient(const Patient& p, const std::multimap<std::string, std::string>& merged) {
  Json body = rest::resource("Patient", p.id, p.version.number, p.version.recorded_ms);
  write_needs(p, body);
  if (p.identifiers) body["identifier"] = Json::parse(*p.identifiers);
  body["active"] = p.active;
  if (p.names) body["name"] = Json::parse(*p.names);
  if (p.telecom) body["telecom"] = Json::parse(*p.telecom);
  if (p.gender) body["gender"] = *p.gender;
  if (p.birth_date) body["birthDate"] = *p.birth_date;
  if (p.deceased_ms) body["deceasedDateTime"] = base::instant_text(*p.deceased_ms);
  if (p.deceased) body["deceasedBoolean"] = *p.deceased;
  if (p.address) body["address"] = Json::parse(*p.address);
  if (!p.organization_id.empty())
    body["managingOrganization"] = rest::reference("Organization", p.organization_id);
  if (p.replaced_by_id) body["link"].push_back(link("replaced-by", *p.replaced_by_id));
  for (auto [one, end] = merged.equal_range(p.id); one != end; ++one)
    body["link"].push_back(link("replaces", one->second));
  return body;
}

Json write_linked(Act& act, const Patient& patient) {
  return write_patient(patient, merged_into(act, patient.id, patient.id));
}

Result<rest::Found> search(const PatientService& service, Act& act, const rest::SearchQuery& query) {
  auto listed = service.search(act, query);
  if (!listed) return base::pass(listed);
  rest::Found found;
  if (listed->records.empty()) return found;
  const auto merged = merged_into(act, listed->records.front().id, listed->records.back().id);
  for (const auto& patient : listed->records)
    found.resources.push_back(write_patient(patient, merged));
  found.next = std::move(listed->next);
  return found;
}

/// The other record in {parameter: [{name: other, valueReference: {reference: Patient/id}}]}.
Result<std::string> read_other(std::string_view text) {
  const auto body = base::parse_json(text);
  if (!body) return tl::unexpected<base::Error>(body.error());
  Reader r(*body, "Parameters");
  static const Parts parts{{"name", one_of({"other"}), true},
                           {"valueReference", made_of({{"reference", short_text(80), true}}), true}};
  const auto list = read_list(r, "parameter", parts, 1);
  std::string other;
  if (!list.is_null()) other = list[0]["valueReference"]["reference"].get<std::string>();
  if (!other.starts_with("Patient/") || !base::is_fhir_id(other.substr(8)))
    r.refuse("parameter", "This takes one parameter \"other\": a reference to a Patient.");
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return other.substr(8);
}

using Merge = Result<Patient> (*)(Act&, const std::string&, const std::string&);

void answer_merge(storage::Acts& acts, Merge merge, const rest::Request& request,
                  const std::string& id, rest::Response& response) {
  if (!base::is_fhir_id(id))
    return rest::send_error(response, {base::ErrorCode::invalid, "id", "This is not a FHIR id.", {}});
  const auto other = read_other(request.body);
  if (!other) return rest::send_error(response, other.error());
  const auto reason = rest::reason_in(request);
  if (!reason) return rest::send_error(response, reason.error());
  const auto merged = acts.write(request.principal, [&](Act& act) -> Result<Json> {
    act.reason = *reason;
    auto patient = merge(act, id, *other);
    if (!patient) return base::pass(patient);
    return write_linked(act, *patient);
  });
  if (!merged) return rest::send_error(response, merged.error());
  rest::send_fhir(response, 200, *merged);
}

}  // namespace

void mount_patients(const PatientService& service, storage::Acts& acts, rest::FhirServer& fhir,
                    rest::Router& router) {
  const auto& patients = service.patients;
  const auto plain = [](const Patient& patient) { return write_patient(patient, {}); };
  auto type = fhir_type<Patient>(patients, read_patient, plain, {index_parameters()});
  type.read = [&patients](Act& act, const std::string& id,
                          std::optional<std::int64_t> version) -> Result<Json> {
    auto found = patients.find(act, id, version);
    if (!found) return base::pass(found);
    return version ? write_patient(*found, {}) : write_linked(act, *found);
  };
  type.accept = [&patients](const std::string& id, const Json& body) -> Result<rest::Write> {
    auto read = read_patient(body);
    if (!read) return base::pass(read);
    read->id = id;
    return rest::Write([&patients, patient = std::move(*read)](
                           Act& act, std::optional<std::int64_t> if_match) -> Result<rest::Saved> {
      auto stored = patients.save(act, patient, if_match);
      if (!stored) return base::pass(stored);
      return rest::Saved{stored->record.version, stored->created,
                         [json = write_linked(act, stored->record)] { return json; }};
    });
  };
  type.search = [&service](Act& act, const rest::SearchQuery& query) {
    return search(service, act, query);
  };
  type.page = pages(patients.records(), "Patient", write_linked);
  fhir.add(std::move(type));
  fhir.declare("Patient", {}, {"merge", "unmerge"});
  router.add("POST", "/fhir/Patient/{id}/$merge",
             [&acts](const auto& request, const auto& values, auto& response) {
               answer_merge(acts, merge_patients, request, values[0], response);
             });
  router.add("POST", "/fhir/Patient/{id}/$unmerge",
             [&acts](const auto& request, const auto& values, auto& response) {
               answer_merge(acts, unmerge_patients, request, values[0], response);
             });
}

}  // namespace facet::clinic
