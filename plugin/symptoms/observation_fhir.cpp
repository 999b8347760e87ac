// SPDX-License-Identifier: MPL-2.0
#include "symptoms/observation_fhir.h"

namespace facet::symptoms {
namespace {

using base::Json;
using base::Result;
using rest::Reader;

constexpr std::size_t most_trigger_bytes = 1000;
constexpr std::size_t most_note_bytes = 20'000;
constexpr std::size_t most_components = 8;
constexpr const char* onset_url = "urn:facet:onset";

/// Components have codes of urn:facet:measure, and each stands for one member.
void read_component(Reader& component, const std::string& code, Observation& o) {
  const auto once = [&](const auto& member) {
    if (member) component.refuse("code", "This component is there twice.");
  };
  if (code == "pain-on-pressure") {
    once(o.pain_on_pressure);
    if (component.element("valueBoolean").is_null())
      component.refuse("valueBoolean", "This element is required.");
    o.pain_on_pressure = component.boolean("valueBoolean", false);
  } else if (code == "severity-average" || code == "severity-worst") {
    auto& member = code == "severity-average" ? o.severity_average : o.severity_worst;
    once(member);
    member = component.integer("valueInteger", 0, 10);
  } else if (code == "worse-with" || code == "better-with") {
    auto& member = code == "worse-with" ? o.worse_with : o.better_with;
    once(member);
    member = component.text("valueString", most_trigger_bytes);
  } else {
    component.refuse("code",
                     "Facet knows pain-on-pressure, severity-average, severity-worst, "
                     "worse-with and better-with.");
  }
}

void read_components(Reader& r, Observation& o) {
  const auto& list = r.element("component");
  if (list.is_null()) return;
  if (!list.is_array() || list.size() > most_components)
    return r.refuse("component", "This must be a list of at most 8 components.");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto place = "component[" + std::to_string(i) + "]";
    if (!list[i].is_object()) return r.refuse(place, "This must be an object.");
    Json wrapper = list[i];
    wrapper["resourceType"] = "component";
    Reader component(wrapper, "component");
    read_component(component, component.coding("code", measure_system), o);
    if (auto ok = component.finish(); !ok)
      return r.refuse(place + ok.error().field.substr(std::string("component").size()),
                      ok.error().message);
  }
}

void read_code(Reader& r, Observation& o) {
  for (const char* system : {symptom_system, note_system})
    if (auto code = r.optional_coding("code", system)) {
      o.code_system = system;
      o.code = std::move(*code);
      break;
    }
  if (o.code_system.empty()) {
    o.code_system = measure_system;
    o.code = r.coding("code", measure_system);
  }
  o.text = read_words(r, o.code_system == symptom_system ? o.code : "");
  if (o.code_system == note_system) o.text = r.text("valueString", most_note_bytes);
}

void read_body_site(Reader& r, Observation& o) {
  o.side = r.optional_coding("bodySite", side_system);
  o.site = r.optional_coding("bodySite", level_system);
  o.region = r.optional_coding("bodySite", region_system);
  if (!r.element("bodySite").is_null() && !o.side && !o.site && !o.region)
    r.refuse("bodySite",
             "This is a coding of urn:facet:side, urn:facet:spinal-level or "
             "urn:facet:region.");
}

/// The extension {url: onset, valueDateTime}.
std::optional<std::string> read_onset(Reader& r) {
  const auto list = r.whole_extensions(onset_url);
  if (list.empty()) return {};
  if (list.size() == 1 && list[0].size() == 2 && list[0].contains("valueDateTime"))
    return read_date(r, list[0]["valueDateTime"], "extension");
  r.refuse("extension", std::string("The extension ") + onset_url + " is one valueDateTime.");
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
  read_body_site(r, o);
  // Bounds of each measure are the service's; here only what every integer must be.
  if (o.code_system != note_system) o.value = r.integer("valueInteger", -1'000'000, 1'000'000);
  read_components(r, o);
  o.onset = read_onset(r);
  o.note = read_note(r);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return o;
}

Json write_code(const Observation& o) {
  if (o.code_system != symptom_system) return rest::concept_of(o.code_system, o.code);
  Json concept_json = write_complaint(o.code, o.text);
  if (const auto* symptom = knowledge::catalogue().find_symptom(o.code))
    concept_json["coding"].push_back(
        rest::coding(symptom->severity.system, symptom->severity.code));
  return concept_json;
}

Json write_body_site(const Observation& o) {
  Json codings = Json::array();
  if (o.site)
    codings.push_back(rest::coding(o.procedure_id ? bed_zone_system : level_system, *o.site));
  if (o.region) codings.push_back(rest::coding(region_system, *o.region));
  if (o.side) codings.push_back(rest::coding(side_system, *o.side));
  return {{"coding", codings}};
}

Json write_components(const Observation& o) {
  Json list = Json::array();
  const auto add = [&](const char* code, const char* name, const auto& value) {
    if (value) list.push_back({{"code", rest::concept_of(measure_system, code)}, {name, *value}});
  };
  add("severity-average", "valueInteger", o.severity_average);
  add("severity-worst", "valueInteger", o.severity_worst);
  add("worse-with", "valueString", o.worse_with);
  add("better-with", "valueString", o.better_with);
  add("pain-on-pressure", "valueBoolean", o.pain_on_pressure);
  return list;
}

/// Code of observation-category.
const char* category_of(const Observation& o) {
  if (o.code_system == symptom_system || o.code == "stress" || o.code == "history") return "survey";
  const bool care = o.code == "plan" || o.code == "advice" || o.code == "exercises";
  return o.code_system == note_system && care ? "therapy" : "exam";
}

}  // namespace

Json write_observation(const Observation& o) {
  Json body = rest::resource("Observation", o.id, o.version.number, o.version.recorded_ms);
  if (o.onset) body["extension"] = Json::array({{{"url", onset_url}, {"valueDateTime", *o.onset}}});
  if (o.procedure_id) body["partOf"] = Json::array({rest::reference("Procedure", *o.procedure_id)});
  body["status"] = o.status;
  body["category"] = Json::array({rest::concept_of(
      "http://terminology.hl7.org/CodeSystem/observation-category", category_of(o))});
  body["code"] = write_code(o);
  body["subject"] = rest::reference("Patient", o.patient_id);
  if (o.encounter_id) body["encounter"] = rest::reference("Encounter", *o.encounter_id);
  body["effectiveDateTime"] = base::instant_text(o.effective_ms);
  if (o.value) body["valueInteger"] = *o.value;
  if (o.code_system == note_system && o.text) body["valueString"] = *o.text;
  if (o.side || o.site || o.region) body["bodySite"] = write_body_site(o);
  if (o.note) body["note"] = Json::array({{{"text", *o.note}}});
  if (auto components = write_components(o); !components.empty())
    body["component"] = std::move(components);
  return body;
}

void mount_observations(const ObservationService& service, rest::FhirServer& fhir) {
  fhir.add(clinic::fhir_type<Observation>(
      service.observations, read_observation, write_observation,
      {{clinic::by_patient(), rest::token("code", "code", "code_system"),
        rest::token("status", "status"), rest::date("date", "effective_ms"),
        rest::reference_to("Encounter", "encounter", "encounter_id", "encounter"),
        rest::reference_to("Procedure", "part-of", "procedure_id", "partOf")},
       "effective_ms",
       &Observation::effective_ms}));
}

}  // namespace facet::symptoms
