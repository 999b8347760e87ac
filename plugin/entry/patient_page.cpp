// SPDX-License-Identifier: MPL-2.0
#include "entry/patient_page.h"

#include "clinic/patient_merge.h"
#include "knowledge/symptom_view.h"
#include "rest/outcome.h"
#include "symptoms/trend.h"

namespace facet::entry {
namespace {

using base::Json;
using storage::Act;
using symptoms::Trend;

template <class T>
void put(Json& json, const char* name, const std::optional<T>& value) {
  if (value) json[name] = *value;
}

Json points_of(const Trend& trend) {
  Json points = Json::array();
  for (const auto& point : trend.points)
    points.push_back({{"at_ms", point.at_ms}, {"value", point.value}});
  return points;
}

Json series_of(const Trend& trend) {
  Json json{{"value", trend.latest().value}, {"at_ms", trend.latest().at_ms}};
  put(json, "change", trend.change());
  json["trend"] = points_of(trend);
  return json;
}

/// What the catalogue says of a symptom; for the clinician.
void add_knowledge(Json& json, const knowledge::SymptomView& view) {
  json["name"] = view.symptom->plain_name;
  json["clinical_name"] = view.symptom->clinical_name;
  json["nerves"] = Json::array();
  for (const auto* nerve : view.nerves) json["nerves"].push_back(nerve->name);
  json["roots"] = view.symptom->roots;
  json["joints"] = view.symptom->anatomical_segments;
  Json zones = Json::array();
  for (const auto zone : view.symptom->bed.zones) zones.push_back(knowledge::code_of(zone));
  json["bed"] = {{"basis", knowledge::code_of(view.symptom->bed.basis)},
                 {"basis_text", view.bed_basis_text},
                 {"joints", view.symptom->bed.segments},
                 {"zones", std::move(zones)},
                 {"reason", view.symptom->bed.reason}};
  json["secrets"] = view.symptom->secrets;
}

Json symptom_of(const Trend& trend, const symptoms::Observation& latest) {
  Json json{{"code", trend.code}, {"observation_id", trend.latest_id}};
  put(json, "side", trend.side);
  if (const auto* symptom = knowledge::catalogue().find_symptom(trend.code))
    add_knowledge(json, knowledge::describe(knowledge::catalogue(), *symptom));
  json.update(series_of(trend));
  put(json, "average", latest.severity_average);
  put(json, "worst", latest.severity_worst);
  put(json, "onset", latest.onset);
  put(json, "region", latest.region);
  put(json, "words", latest.text);
  put(json, "worse_with", latest.worse_with);
  put(json, "better_with", latest.better_with);
  put(json, "note", latest.note);
  return json;
}

/// One spinal segment and side, with its change since it was felt before.
Json stiffness_of(const Trend& trend) {
  Json json{{"level", trend.site.value_or("")},
            {"side", trend.side.value_or("")},
            {"motion", trend.latest().value},
            {"at_ms", trend.latest().at_ms}};
  put(json, "pain_on_pressure", trend.latest().pain_on_pressure);
  put(json, "change", trend.change());
  return json;
}

void add_tension(Json& zones, const Trend& trend) {
  auto& zone = zones[trend.site.value_or("")];
  zone[trend.code == "tension-before" ? "before" : "after"] = trend.latest().value;
  zone["at_ms"] = trend.latest().at_ms;
}

Json reason_of(const knowledge::Reason& reason) {
  return {{"rule", reason.rule_id}, {"message", reason.patient_message}};
}

Json blocks_of(const std::vector<symptoms::Block>& blocks) {
  Json list = Json::array();
  for (const auto& block : blocks) {
    list.push_back(reason_of(block.reason));
    list.back()["lifted"] = block.lifted;
  }
  return list;
}

Json person_of(const clinic::Patient& patient, std::int64_t now_ms) {
  Json json{{"id", patient.id},
            {"name", clinic::display_name(patient)},
            {"active", patient.active},
            {"deceased", clinic::is_deceased(patient)}};
  put(json, "birth_date", patient.birth_date);
  put(json, "age", clinic::age_at(patient, now_ms));
  put(json, "gender", patient.gender);
  put(json, "interpreter", patient.interpreter);
  put(json, "accessible_format", patient.accessible_format);
  put(json, "replaced_by_id", patient.replaced_by_id);
  return json;
}

}  // namespace

Json PatientPage::found(Act& act, const std::string& patient_id) const {
  Json json{{"symptoms", Json::array()}, {"stiffness", Json::array()}, {"tension", Json::object()}};
  for (const auto& trend : symptoms::trends(act, patient_id)) {
    if (trend.code_system == symptoms::symptom_system) {
      if (const auto latest =
              needs_.observations.observations.records().current(act, trend.latest_id))
        json["symptoms"].push_back(symptom_of(trend, *latest));
    } else if (trend.code == "segmental-motion") {
      json["stiffness"].push_back(stiffness_of(trend));
    } else if (trend.code == "stress") {
      json["stress"] = series_of(trend);
    } else if (trend.code.starts_with("tension-")) {
      add_tension(json["tension"], trend);
    }
  }
  return json;
}

Json PatientPage::screening(Act& act, const std::string& patient_id) const {
  const auto standing = needs_.screening.standing(act, patient_id, act.now_ms);
  if (!standing || !*standing) return {{"state", standing ? "none" : "unreadable"}};
  const auto& [authored_ms, stale, result] = (*standing)->screening;
  Json cautions = Json::array(), notes = Json::array();
  for (const auto& caution : result.cautions) cautions.push_back(reason_of(caution));
  for (const auto& note : result.staff_notes)
    notes.push_back({{"rule", note.rule_id}, {"text", note.text}});
  return {{"state", stale             ? "stale"
                    : result.complete ? "complete"
                                      : "incomplete"},
          {"authored_ms", authored_ms},
          {"answered_today", (*standing)->answered_today},
          {"blocks", blocks_of((*standing)->blocks)},
          {"cautions", std::move(cautions)},
          {"staff_notes", std::move(notes)}};
}

Json PatientPage::gate(Act& act, const std::string& patient_id) const {
  const auto orders = needs_.orders.requests.records().where(
      act, std::string(clinic::of_same_person) + " and status = 'active'",
      "order by authored_ms desc limit 1", patient_id, patient_id);
  const auto order_id = orders.empty() ? std::string() : orders.front().id;
  const auto answer = needs_.gate.look(act, patient_id, order_id, false, act.now_ms);
  if (!answer) return {{"open", false}, {"reasons", Json::array({answer.error().message})}};
  Json json{{"open", answer->open}, {"reasons", answer->reasons}};
  if (!order_id.empty()) json["service_request_id"] = order_id;
  return json;
}

Json PatientPage::flags(Act& act, const std::string& patient_id) const {
  Json list = Json::array();
  for (const auto& flag : needs_.flags.flags.records().where(
           act, std::string(clinic::of_same_person) + " and status = 'active'",
           "order by start_ms, id", patient_id, patient_id)) {
    Json json{{"id", flag.id}, {"category", flag.category}, {"start_ms", flag.start_ms}};
    put(json, "rule", flag.rule_id);
    put(json, "text", flag.text);
    list.push_back(std::move(json));
  }
  return list;
}

Json PatientPage::visits(Act& act, const std::string& patient_id) const {
  Json list = Json::array();
  for (const auto& visit : needs_.visits.encounters.records().where(
           act, clinic::of_same_person, "order by start_ms desc limit 10", patient_id,
           patient_id)) {
    Json json{{"id", visit.id}, {"status", visit.status}, {"start_ms", visit.start_ms}};
    put(json, "practitioner_id", visit.practitioner_id);
    list.push_back(std::move(json));
  }
  return list;
}

base::Result<Json> PatientPage::read(Act& act, const std::string& patient_id) const {
  if (auto ok = clinic::authorise(act, clinic::Permission::read_clinical, 'R', "Patient",
                                  patient_id, {patient_id});
      !ok)
    return base::pass(ok);
  const auto patient = needs_.patients.patients.records().current(act, patient_id);
  if (!patient)
    return base::fail(base::ErrorCode::not_found, "Patient", "There is no Patient with this id.");
  Json json{{"patient", person_of(*patient, act.now_ms)}};
  json.update(found(act, patient_id));
  json["screening"] = screening(act, patient_id);
  json["gate"] = gate(act, patient_id);
  json["flags"] = flags(act, patient_id);
  json["visits"] = visits(act, patient_id);
  return json;
}

void PatientPage::mount(rest::Router& router) const {
  router.add("GET", "/pages/patient/{id}",
             [this](const rest::Request& request, const rest::PathValues& values,
                    rest::Response& response) {
               const auto page = needs_.acts.read(request.principal,
                                                  [&](Act& act) { return read(act, values[0]); });
               if (!page) return rest::send_error(response, page.error());
               rest::send_json(response, 200, *page);
             });
}

}  // namespace facet::entry
