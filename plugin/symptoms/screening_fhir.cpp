// SPDX-License-Identifier: MPL-2.0
#include "symptoms/screening_fhir.h"

#include "symptoms/measure_fhir.h"

namespace facet::symptoms {
namespace {

using base::Json;
using base::Result;
using rest::Reader;
using storage::Act;

constexpr const char* answer_system = "urn:facet:answer";
constexpr std::size_t most_items = 500;
constexpr std::size_t most_word_bytes = 200;

/// By linkId, sorted, so that the order of items makes no difference.
using Collected = std::map<std::string, Json>;

/// The one value of an item's answer; null if it is malformed. Screening is answered in codings,
/// measures with anything but.
Json value_of(const Json& answer, bool of_screening) {
  if (!answer.is_array() || answer.size() != 1 || !answer[0].is_object() || answer[0].size() != 1)
    return {};
  const auto one = answer[0].begin();
  if (of_screening) {
    const bool coded = one.key() == "valueCoding" && one->is_object() &&
                       one->value("system", Json()) == answer_system && one->contains("code") &&
                       (*one)["code"].is_string();
    return coded ? (*one)["code"] : Json();
  }
  if (one.key() == "valueInteger" && one->is_number_integer() && *one >= -1'000'000 &&
      *one <= 1'000'000)
    return *one;
  if (one.key() == "valueBoolean" && one->is_boolean()) return *one;
  const bool words = one.key() == "valueString" && one->is_string() &&
                     one->get_ref<const std::string&>().size() <= most_word_bytes;
  return words ? *one : Json();
}

/// Collects one item and its nested items; false at the first that is malformed or given twice.
bool collect(const Json& item, int depth, bool of_screening, Collected& answers) {
  if (depth > 2 || !item.is_object() || !item.contains("linkId") || !item["linkId"].is_string())
    return false;
  const auto& link_id = item["linkId"].get_ref<const std::string&>();
  for (const auto& [key, value] : item.items()) {
    if (key == "answer") {
      auto answer = value_of(value, of_screening);
      if (answer.is_null() || !answers.emplace(link_id, std::move(answer)).second) return false;
    } else if (key == "item") {
      if (!value.is_array() || value.size() > most_items) return false;
      for (const auto& child : value)
        if (!collect(child, depth + 1, of_screening, answers)) return false;
    } else if (key != "linkId" && key != "text") {
      return false;
    }
  }
  return true;
}

std::string read_answers(Reader& r, bool of_screening) {
  const auto& items = r.element("item");
  Collected answers;
  bool good = items.is_array() && items.size() <= most_items;
  if (good)
    for (const auto& item : items) good = good && collect(item, 1, of_screening, answers);
  if (!good)
    r.refuse("item", of_screening
                         ? "Each item is {linkId, answer: [{valueCoding: {system: urn:facet:answer, "
                           "code: yes, no or unsure}}], item: [...]}, each linkId once."
                         : "Each item is {linkId, answer: [{valueInteger, valueBoolean or "
                           "valueString}], item: [...]}, each linkId once.");
  Json json = Json::object();
  for (auto& [link_id, answer] : answers) json[link_id] = std::move(answer);
  return json.dump();
}

Result<QuestionnaireResponse> read_response(const Json& body) {
  Reader r(body, "QuestionnaireResponse");
  QuestionnaireResponse response;
  response.questionnaire = r.text("questionnaire", 200);
  if (const auto bar = response.questionnaire.find('|'); bar != std::string::npos)
    response.questionnaire.erase(bar);
  if (!response.questionnaire.starts_with("urn:facet:questionnaire:"))
    r.refuse("questionnaire",
             std::string("Facet knows ") + screening_questionnaire + ", " + recheck_questionnaire +
                 " and those of outcome measures.");
  response.status =
      r.code("status", {"completed", "in-progress", "amended", "entered-in-error", "stopped"});
  response.patient_id = r.reference("subject", "Patient");
  response.encounter_id = r.optional_reference("encounter", "Encounter");
  response.authored_ms = r.instant("authored");
  r.element("source");  // the patient
  r.element("author");  // the principal
  response.answers = read_answers(r, response.of_screening());
  pass_over_scores(r);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  if (response.of_screening())
    if (auto answers = answers_of(response); !answers) return base::pass(answers);
  return response;
}

Json write_answer(const Json& value, bool of_screening) {
  Json answer = Json::object();
  if (of_screening)
    answer["valueCoding"] = rest::coding(answer_system, value.get<std::string>());
  else
    answer[value.is_string() ? "valueString" : value.is_boolean() ? "valueBoolean" : "valueInteger"] =
        value;
  return Json::array({std::move(answer)});
}

/// Items as in the questionnaire: `x.y` belongs to the group `x`.
Json write_items(const QuestionnaireResponse& q) {
  Json items = Json::array();
  const Json answers = Json::parse(q.answers.value_or("{}"));
  for (const auto& [link_id, value] : answers.items()) {
    Json item{{"linkId", link_id}, {"answer", write_answer(value, q.of_screening())}};
    const auto group = link_id.substr(0, link_id.find('.'));
    if (q.of_screening() || group == link_id) {
      items.push_back(std::move(item));
      continue;
    }
    if (items.empty() || items.back()["linkId"] != group) items.push_back({{"linkId", group}});
    items.back()["item"].push_back(std::move(item));
  }
  return items;
}


/// The same type, with what is computed of measures.
rest::FhirType with_scores(rest::FhirType type, const ScreeningService& service,
                           const knowledge::Measures& measures) {
  const auto add_all = [&service, &measures](Act& act, std::vector<Json>& bodies) -> base::Status {
    MeasureScores scores(act, service, measures);
    for (auto& body : bodies)
      if (auto ok = scores.add_to(body); !ok) return ok;
    return {};
  };
  type.read = [read = type.read, add_all](Act& act, const std::string& id,
                                          std::optional<std::int64_t> version) -> Result<Json> {
    auto body = read(act, id, version);
    if (!body) return body;
    std::vector<Json> one{std::move(*body)};
    if (auto ok = add_all(act, one); !ok) return base::pass(ok);
    return std::move(one.front());
  };
  type.history = [history = type.history, add_all](
                     Act& act, const std::string& id) -> Result<std::vector<Json>> {
    auto bodies = history(act, id);
    if (!bodies) return bodies;
    if (auto ok = add_all(act, *bodies); !ok) return base::pass(ok);
    return bodies;
  };
  type.search = [search = type.search, add_all](
                    Act& act, const rest::SearchQuery& query) -> Result<rest::Found> {
    auto found = search(act, query);
    if (!found) return found;
    if (auto ok = add_all(act, found->resources); !ok) return base::pass(ok);
    return found;
  };
  return type;
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
  body["item"] = write_items(q);
  return body;
}

void mount_screening(const ScreeningService& service, const knowledge::Measures& measures,
                     rest::FhirServer& fhir) {
  fhir.add(with_scores(
      clinic::fhir_type<QuestionnaireResponse>(
          service.responses, read_response, write_response,
          {{clinic::by_patient(), rest::token("questionnaire", "questionnaire"),
            rest::token("status", "status"), rest::date("authored", "authored_ms"),
            rest::reference_to("Encounter", "encounter", "encounter_id", "encounter")},
           "authored_ms",
           &QuestionnaireResponse::authored_ms}),
      service, measures));
}

}  // namespace facet::symptoms
