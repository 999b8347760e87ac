// SPDX-License-Identifier: MPL-2.0
#include "symptoms/screening_fhir.h"

namespace facet::symptoms {
namespace {

using base::Json;
using base::Result;
using rest::Reader;

constexpr const char* answer_system = "urn:facet:answer";

/// Collects one item and its nested items; false at the first that is malformed or given twice.
bool collect(const Json& item, int depth, Json& answers) {
  if (depth > 2 || !item.is_object() || !item.contains("linkId") || !item["linkId"].is_string())
    return false;
  const auto& link_id = item["linkId"].get_ref<const std::string&>();
  for (const auto& [key, value] : item.items()) {
    if (key == "answer") {
      if (!value.is_array() || value.size() != 1 || !value[0].is_object() ||
          !value[0].contains("valueCoding"))
        return false;
      const auto& code = value[0]["valueCoding"];
      if (!code.is_object() || code.value("system", Json()) != answer_system ||
          !code.contains("code") || !code["code"].is_string() || answers.contains(link_id))
        return false;
      answers[link_id] = code["code"];
    } else if (key == "item") {
      if (!value.is_array()) return false;
      for (const auto& child : value)
        if (!collect(child, depth + 1, answers)) return false;
    } else if (key != "linkId" && key != "text") {
      return false;
    }
  }
  return true;
}

std::string read_answers(Reader& r) {
  const auto& items = r.element("item");
  Json answers = Json::object();
  bool good = items.is_array() && items.size() <= 500;
  if (good)
    for (const auto& item : items) good = good && collect(item, 1, answers);
  if (!good)
    r.refuse("item", "Each item is {linkId, answer: [{valueCoding: {system: urn:facet:answer, "
                     "code: yes, no or unsure}}], item: [...]}, each linkId once.");
  return answers.dump();
}

Result<QuestionnaireResponse> read_response(const Json& body) {
  Reader r(body, "QuestionnaireResponse");
  QuestionnaireResponse response;
  response.questionnaire = r.text("questionnaire", 200);
  if (const auto bar = response.questionnaire.find('|'); bar != std::string::npos)
    response.questionnaire.erase(bar);
  response.status =
      r.code("status", {"completed", "in-progress", "amended", "entered-in-error", "stopped"});
  response.patient_id = r.reference("subject", "Patient");
  response.encounter_id = r.optional_reference("encounter", "Encounter");
  response.authored_ms = r.instant("authored");
  r.element("source");  // the patient
  r.element("author");  // the principal
  response.answers = read_answers(r);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  if (auto answers = answers_of(response); !answers) return base::pass(answers);
  return response;
}

}  // namespace

Json write_response(const QuestionnaireResponse& q) {
  Json body =
      rest::resource("QuestionnaireResponse", q.id, q.version.number, q.version.recorded_ms);
  body["questionnaire"] = q.questionnaire + "|" + q.questionnaire_version;
  body["status"] = q.status;
  body["subject"] = rest::reference("Patient", q.patient_id);
  if (q.encounter_id) body["encounter"] = rest::reference("Encounter", *q.encounter_id);
  body["authored"] = base::instant_text(q.authored_ms);
  Json items = Json::array();
  const Json answers = Json::parse(q.answers.value_or("{}"));
  for (const auto& [link_id, code] : answers.items())
    items.push_back({{"linkId", link_id},
                     {"answer", Json::array({{{"valueCoding",
                                               rest::coding(answer_system, code)}}})}});
  body["item"] = std::move(items);
  return body;
}

void mount_screening(const ScreeningService& service, rest::FhirServer& fhir) {
  fhir.add(clinic::fhir_type<QuestionnaireResponse>(
      service.responses, read_response, write_response,
      {{clinic::by_patient(), rest::token("questionnaire", "questionnaire"), rest::token("status", "status"),
        rest::date("authored", "authored_ms"),
        rest::reference_to("Encounter", "encounter", "encounter_id", "encounter")},
       "authored_ms",
       &QuestionnaireResponse::authored_ms}));
}

}  // namespace facet::symptoms
