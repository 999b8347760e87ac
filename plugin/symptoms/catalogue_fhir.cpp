// SPDX-License-Identifier: MPL-2.0
#include "symptoms/catalogue_fhir.h"

#include "knowledge/terms.h"
#include "rest/outcome.h"
#include "symptoms/observation.h"
#include "symptoms/screening.h"

namespace facet::symptoms {
namespace {

using base::Json;
using knowledge::code_of;

Json code_property(const char* name, std::string_view code) {
  return {{"code", name}, {"valueCode", std::string(code)}};
}

Json symptom_concept(const knowledge::Symptom& symptom) {
  Json properties = Json::array();
  properties.push_back(code_property("region", code_of(symptom.region)));
  for (const auto side : symptom.laterality)
    properties.push_back(code_property("laterality", code_of(side)));
  for (const auto& level : symptom.anatomical_segments)
    properties.push_back(code_property("spinal-level", level));
  for (const auto& nerve : symptom.nerves) properties.push_back(code_property("nerve", nerve));
  properties.push_back(code_property("bed-basis", code_of(symptom.bed.basis)));
  for (const int secret : symptom.secrets)
    properties.push_back({{"code", "secret"}, {"valueInteger", secret}});
  return {{"code", symptom.id},
          {"display", symptom.plain_name},
          {"definition", symptom.clinical_name},
          {"property", std::move(properties)}};
}

Json code_system(const knowledge::Catalogue& catalogue) {
  Json concepts = Json::array();
  for (const auto& symptom : catalogue.symptoms()) concepts.push_back(symptom_concept(symptom));
  return {{"resourceType", "CodeSystem"},
          {"id", "symptom"},
          {"url", symptom_system},
          {"version", catalogue.symptoms_about().version},
          {"status", "draft"},
          {"content", "complete"},
          {"concept", std::move(concepts)}};
}

Json question(const std::string& link_id, const std::string& text, bool is_group) {
  Json item{{"linkId", link_id}, {"text", text}, {"type", is_group ? "group" : "choice"}};
  if (!is_group) item["required"] = true;
  return item;
}

/// Staff notes are not in here: the patient may read all of it.
Json questionnaire(const knowledge::Catalogue& catalogue) {
  Json items = Json::array();
  for (const auto& flag : catalogue.red_flags()) {
    Json item = question(flag.id, flag.question, !flag.yes_when.question_yes);
    for (const auto& part : flag.items) item["item"].push_back(question(part.id, part.text, false));
    items.push_back(std::move(item));
  }
  for (const auto& rule : catalogue.contraindications())
    items.push_back(question(rule.id, rule.question, false));
  return {{"resourceType", "Questionnaire"},
          {"id", "screening"},
          {"url", screening_questionnaire},
          {"version", catalogue.screening_about().version},
          {"status", "draft"},
          {"item", std::move(items)}};
}

rest::Handler answer_with(Json body) {
  return [body = std::move(body)](const rest::Request&, const rest::PathValues&,
                                  rest::Response& response) {
    rest::send_fhir(response, 200, body);
  };
}

}  // namespace

void mount_catalogue(const knowledge::Catalogue& catalogue, rest::Router& router) {
  router.add("GET", "/fhir/CodeSystem/symptom", answer_with(code_system(catalogue)));
  router.add("GET", "/fhir/Questionnaire/screening", answer_with(questionnaire(catalogue)));
}

}  // namespace facet::symptoms
