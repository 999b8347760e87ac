// SPDX-License-Identifier: MPL-2.0
#include "symptoms/observation_fhir.h"

namespace facet::symptoms {
namespace {

using base::Json;
using base::Result;
using rest::Reader;

constexpr const char* pain_code = "pain-on-pressure";

/// component[0]: {code: urn:facet:measure|pain-on-pressure, valueBoolean}.
std::optional<bool> read_pain(Reader& r) {
  const auto& list = r.element("component");
  if (list.is_null()) return {};
  if (list.is_array() && list.size() == 1 && list[0].is_object()) {
    Json wrapper = list[0];
    wrapper["resourceType"] = "component";
    Reader component(wrapper, "component");
    const bool known = component.coding("code", measure_system) == pain_code;
    const bool pain = component.boolean("valueBoolean", false);
    if (known && wrapper.contains("valueBoolean") && component.finish()) return pain;
  }
  r.refuse("component", "This takes one component: pain-on-pressure with valueBoolean.");
  return {};
}

void read_code(Reader& r, Observation& o) {
  if (auto symptom = r.optional_coding("code", symptom_system)) {
    o.code_system = symptom_system;
    o.code = std::move(*symptom);
  } else {
    o.code_system = measure_system;
    o.code = r.coding("code", measure_system);
  }
}

/// The text of Annotation list of one: note[0].text.
std::optional<std::string> read_note(Reader& r) {
  const auto& list = r.element("note");
  if (list.is_null()) return {};
  if (list.is_array() && list.size() == 1 && list[0].is_object() && list[0].contains("text") &&
      list[0]["text"].is_string() && list[0]["text"].get_ref<const std::string&>().size() <= 10000)
    return list[0]["text"].get<std::string>();
  r.refuse("note", "This takes one note with text, at most 10000 bytes.");
  return {};
}

Result<Observation> read_observation(const Json& body) {
  Reader r(body, "Observation");
  Observation o;
  o.status = r.code("status", {"final", "preliminary", "amended", "corrected", "entered-in-error"});
  r.element("category");   // follows from the code
  r.element("performer");  // the author is the principal
  read_code(r, o);
  o.patient_id = r.reference("subject", "Patient");
  o.encounter_id = r.optional_reference("encounter", "Encounter");
  o.effective_ms = r.instant("effectiveDateTime");
  o.side = r.optional_coding("bodySite", side_system);
  o.site = r.optional_coding("bodySite", level_system);
  // Bounds of each measure are the service's; here only what every integer must be.
  o.value = r.integer("valueInteger", -1'000'000, 1'000'000);
  o.pain_on_pressure = read_pain(r);
  o.note = read_note(r);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return o;
}

Json write_code(const Observation& o) {
  Json concept_json = rest::concept_of(o.code_system, o.code);
  if (o.code_system != symptom_system) return concept_json;
  if (const auto* symptom = knowledge::catalogue().find_symptom(o.code)) {
    concept_json["coding"][0]["display"] = symptom->plain_name;
    concept_json["coding"].push_back(rest::coding(symptom->severity.system, symptom->severity.code));
  }
  return concept_json;
}

Json write_body_site(const Observation& o) {
  Json codings = Json::array();
  if (o.site)
    codings.push_back(rest::coding(o.procedure_id ? bed_zone_system : level_system, *o.site));
  if (o.side) codings.push_back(rest::coding(side_system, *o.side));
  return {{"coding", codings}};
}

}  // namespace

Json write_observation(const Observation& o) {
  Json body = rest::resource("Observation", o.id, o.version.number, o.version.recorded_ms);
  if (o.procedure_id)
    body["partOf"] = Json::array({rest::reference("Procedure", *o.procedure_id)});
  body["status"] = o.status;
  body["category"] = Json::array(
      {rest::concept_of("http://terminology.hl7.org/CodeSystem/observation-category",
                        o.code_system == symptom_system || o.code == "stress" ? "survey" : "exam")});
  body["code"] = write_code(o);
  body["subject"] = rest::reference("Patient", o.patient_id);
  if (o.encounter_id) body["encounter"] = rest::reference("Encounter", *o.encounter_id);
  body["effectiveDateTime"] = base::instant_text(o.effective_ms);
  if (o.value) body["valueInteger"] = *o.value;
  if (o.side || o.site) body["bodySite"] = write_body_site(o);
  if (o.note) body["note"] = Json::array({{{"text", *o.note}}});
  if (o.pain_on_pressure)
    body["component"] = Json::array({{{"code", rest::concept_of(measure_system, pain_code)},
                                      {"valueBoolean", *o.pain_on_pressure}}});
  return body;
}

void mount_observations(const ObservationService& service, rest::FhirServer& fhir) {
  fhir.add(clinic::fhir_type<Observation>(
      service.observations, read_observation, write_observation,
      {{clinic::by_patient(), rest::token("code", "code", "code_system"), rest::token("status", "status"),
        rest::date("date", "effective_ms"),
        rest::reference_to("Encounter", "encounter", "encounter_id", "encounter"),
        rest::reference_to("Procedure", "part-of", "procedure_id", "partOf")},
       "effective_ms",
       &Observation::effective_ms}));
}

}  // namespace facet::symptoms
