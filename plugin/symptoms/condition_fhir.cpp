// SPDX-License-Identifier: MPL-2.0
#include "symptoms/condition_fhir.h"

#include <set>

namespace facet::symptoms {
namespace {

using base::Json;
using base::Result;
using rest::Reader;

constexpr const char* clinical_system = "http://terminology.hl7.org/CodeSystem/condition-clinical";
constexpr const char* verification_system =
    "http://terminology.hl7.org/CodeSystem/condition-ver-status";
constexpr const char* category_system = "http://terminology.hl7.org/CodeSystem/condition-category";

/// A code that FHIR binds to a closed list.
std::optional<std::string> read_bound(Reader& r, const std::string& name, const char* system,
                                      const std::set<std::string>& allowed) {
  if (r.element(name).is_null()) return {};
  auto code = r.coding(name, system);
  if (allowed.contains(code)) return code;
  std::string list;
  for (const auto& one : allowed) list += (list.empty() ? "" : ", ") + one;
  r.refuse(name, "This must be one of: " + list + ".");
  return {};
}

void read_statuses(Reader& r, Condition& c) {
  c.clinical_status =
      read_bound(r, "clinicalStatus", clinical_system,
                 {"active", "recurrence", "relapse", "inactive", "remission", "resolved"});
  if (auto status = read_bound(r, "verificationStatus", verification_system,
                               {"unconfirmed", "provisional", "differential", "confirmed",
                                "refuted", "entered-in-error"}))
    c.verification_status = std::move(*status);
  read_bound(r, "category", category_system, {"problem-list-item"});
}

/// evidence[0].detail[0]: a reference to an Observation.
std::optional<std::string> read_evidence(Reader& r) {
  const auto& list = r.element("evidence");
  if (list.is_null()) return {};
  if (list.is_array() && list.size() == 1 && list[0].is_object() && list[0].size() == 1 &&
      list[0].contains("detail") && list[0]["detail"].is_array() && list[0]["detail"].size() == 1) {
    const Json wrapper{{"resourceType", "evidence"}, {"detail", list[0]["detail"][0]}};
    Reader evidence(wrapper, "evidence");
    if (auto id = evidence.optional_reference("detail", "Observation")) return id;
  }
  r.refuse("evidence", "This takes one evidence with one detail: a reference to an Observation.");
  return {};
}

void read_place(Reader& r, Condition& c) {
  c.side = r.optional_coding("bodySite", side_system);
  c.region = r.optional_coding("bodySite", region_system);
  if (!r.element("bodySite").is_null() && !c.side && !c.region)
    r.refuse("bodySite", "This is a coding of urn:facet:side or urn:facet:region.");
}

Result<Condition> read_condition(const Json& body) {
  Reader r(body, "Condition");
  Condition c;
  read_statuses(r, c);
  r.element("recorder");  // the author is the principal
  r.element("recordedDate");
  c.code = r.coding("code", symptom_system);
  c.text = read_words(r, c.code);
  c.patient_id = r.reference("subject", "Patient");
  c.encounter_id = r.optional_reference("encounter", "Encounter");
  read_place(r, c);
  c.onset = read_date(r, r.element("onsetDateTime"), "onsetDateTime");
  c.abated_ms = r.optional_instant("abatementDateTime");
  c.evidence_id = read_evidence(r);
  c.note = read_note(r);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return c;
}

Json write_place(const Condition& c) {
  Json codings = Json::array();
  if (c.region) codings.push_back(rest::coding(region_system, *c.region));
  if (c.side) codings.push_back(rest::coding(side_system, *c.side));
  return Json::array({{{"coding", codings}}});
}

}  // namespace

Json write_condition(const Condition& c) {
  Json body = rest::resource("Condition", c.id, c.version.number, c.version.recorded_ms);
  if (c.clinical_status)
    body["clinicalStatus"] = rest::concept_of(clinical_system, *c.clinical_status);
  body["verificationStatus"] = rest::concept_of(verification_system, c.verification_status);
  body["category"] = Json::array({rest::concept_of(category_system, "problem-list-item")});
  body["code"] = write_complaint(c.code, c.text);
  if (c.side || c.region) body["bodySite"] = write_place(c);
  body["subject"] = rest::reference("Patient", c.patient_id);
  if (c.encounter_id) body["encounter"] = rest::reference("Encounter", *c.encounter_id);
  if (c.onset) body["onsetDateTime"] = *c.onset;
  if (c.abated_ms) body["abatementDateTime"] = base::instant_text(*c.abated_ms);
  if (c.evidence_id)
    body["evidence"] =
        Json::array({{{"detail", Json::array({rest::reference("Observation", *c.evidence_id)})}}});
  if (c.note) body["note"] = Json::array({{{"text", *c.note}}});
  return body;
}

void mount_conditions(const ConditionService& service, rest::FhirServer& fhir) {
  fhir.add(clinic::fhir_type<Condition>(
      service.conditions, read_condition, write_condition,
      {{clinic::by_patient(), rest::token("clinical-status", "clinical_status"),
        rest::token("verification-status", "verification_status"), rest::token("code", "code"),
        rest::reference_to("Encounter", "encounter", "encounter_id", "encounter")},
       nullptr,
       nullptr}));
}

}  // namespace facet::symptoms
