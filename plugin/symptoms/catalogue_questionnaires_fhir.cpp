// SPDX-License-Identifier: MPL-2.0
#include "symptoms/catalogue_questionnaires_fhir.h"

#include <algorithm>

#include "rest/reader.h"

namespace facet::symptoms {
namespace {

using base::Json;
using knowledge::Answer;
using knowledge::Catalogue;
using knowledge::code_of;
using knowledge::MeasureItem;

constexpr const char* answer_system = "urn:facet:answer";
constexpr const char* min_value = "http://hl7.org/fhir/StructureDefinition/minValue";
constexpr const char* max_value = "http://hl7.org/fhir/StructureDefinition/maxValue";

Json answer_coding(Answer answer) {
  constexpr const char* displays[] = {"Yes", "No", "Not sure"};
  return rest::coding(answer_system, std::string(code_of(answer)),
                      displays[static_cast<std::size_t>(answer)]);
}

Json item_of(const std::string& link_id, const std::string& text, const char* type) {
  return {{"linkId", link_id}, {"text", text}, {"type", type}};
}

Json choice(const std::string& link_id, const std::string& text, bool required) {
  Json item = item_of(link_id, text, "choice");
  item["required"] = required;
  for (const auto answer : {Answer::yes, Answer::no, Answer::unsure})
    item["answerOption"].push_back({{"valueCoding", answer_coding(answer)}});
  return item;
}

void extend(Json& item, const char* url, const char* type, const Json& value) {
  item["extension"].push_back({{"url", url}, {type, value}});
}

/// Its items matter once the question is a yes, and unsure counts as one.
Json when_yes(const std::string& link_id) {
  Json when = Json::array();
  for (const auto answer : {Answer::yes, Answer::unsure})
    when.push_back({{"question", link_id},
                    {"operator", "="},
                    {"answerCoding", rest::coding(answer_system, std::string(code_of(answer)))}});
  return when;
}

bool holds(const knowledge::Strings& list, const std::string& id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

Json item_of(const Catalogue& catalogue, const knowledge::RedFlag& flag, bool required) {
  const bool is_lead_in = !flag.yes_when.question_yes;
  Json item = is_lead_in ? item_of(flag.id, flag.question, "group")
                         : choice(flag.id, flag.question, required);
  if (!required)
    for (const auto& symptom : catalogue.symptoms())
      if (holds(symptom.ask_red_flags, flag.id))
        extend(item, "urn:facet:asked-for", "valueCode", symptom.id);
  if (!flag.help_text.empty()) extend(item, "urn:facet:help", "valueString", flag.help_text);
  for (const auto& part : flag.items) {
    Json child = choice(part.id, part.text, required);
    if (!is_lead_in) {
      child["enableWhen"] = when_yes(flag.id);
      child["enableBehavior"] = "any";
    }
    item["item"].push_back(std::move(child));
  }
  return item;
}

Json item_of(const knowledge::Contraindication& rule) {
  const bool from_record = rule.answered_by == knowledge::AnsweredBy::record;
  Json item = choice(rule.id, rule.question, !from_record);
  if (rule.answered_by != knowledge::AnsweredBy::patient)
    extend(item, "urn:facet:answered-by", "valueCode", code_of(rule.answered_by));
  if (!rule.help_text.empty()) extend(item, "urn:facet:help", "valueString", rule.help_text);
  return item;
}

Json head(const std::string& id, const std::string& version, const char* name,
          const std::string& title, const std::string& language) {
  return {{"resourceType", "Questionnaire"},
          {"id", id},
          {"language", language},
          {"url", questionnaire_url(id)},
          {"version", version},
          {"name", name},
          {"title", title},
          {"status", "draft"},
          {"subjectType", Json::array({"Patient"})}};
}

Json head(const Catalogue& catalogue, const char* id, const char* name, const char* title) {
  const auto& about = catalogue.screening_about();
  return head(id, about.version, name, title, about.language);
}

void add_scale(Json& item, const MeasureItem& measured) {
  item["required"] = true;
  extend(item, min_value, "valueInteger", measured.min);
  extend(item, max_value, "valueInteger", measured.max);
  for (const auto& label : measured.labels) {
    Json text = item_of(item["linkId"].get<std::string>() + ".label." + std::to_string(label.value),
                        label.text, "display");
    extend(text, "urn:facet:value", "valueInteger", label.value);
    item["item"].push_back(std::move(text));
  }
}

Json item_of(const MeasureItem& measured, bool required) {
  if (measured.kind == knowledge::ItemKind::tick)
    return item_of(measured.id, measured.text, "boolean");
  if (measured.kind == knowledge::ItemKind::integer) {
    Json item = item_of(measured.id, measured.text, "integer");
    add_scale(item, measured);
    return item;
  }
  Json group = item_of(measured.id, measured.text, "group");
  group["required"] = required;
  Json words = item_of(measured.id + ".activity", "What is it?", "string");
  words["required"] = true;
  words["maxLength"] = 200;
  Json rating = item_of(measured.id + ".score", "How well can you do it today?", "integer");
  add_scale(rating, measured);
  group["item"] = Json::array({std::move(words), std::move(rating)});
  return group;
}

std::string computable_name(const std::string& id) {
  std::string name = "Facet";
  bool upper = true;
  for (const char c : id) {
    if (c != '-')
      name.push_back(upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c);
    upper = c == '-';
  }
  return name;
}

}  // namespace

std::string questionnaire_url(const std::string& id) {
  return "urn:facet:questionnaire:" + id;
}

Json screening_questionnaire_json(const Catalogue& catalogue) {
  auto form = head(catalogue, "screening", "FacetScreening", "Before you use the bed");
  for (const auto& flag : catalogue.red_flags())
    form["item"].push_back(
        item_of(catalogue, flag, holds(catalogue.logic().ask_before_bed, flag.id)));
  for (const auto& rule : catalogue.contraindications()) form["item"].push_back(item_of(rule));
  return form;
}

Json recheck_questionnaire_json(const Catalogue& catalogue) {
  auto form = head(catalogue, "recheck", "FacetRecheck", "Before today's session");
  for (const auto& id : catalogue.logic().recheck_each_visit) {
    if (const auto* flag = catalogue.find_red_flag(id))
      form["item"].push_back(item_of(catalogue, *flag, true));
    else
      form["item"].push_back(item_of(*catalogue.find_contraindication(id)));
  }
  return form;
}

Json measure_questionnaire_json(const knowledge::Measure& measure) {
  auto form = head(measure.id, measure.version, "", measure.title, measure.language);
  form["name"] = computable_name(measure.id);
  form["description"] = measure.source.citation;
  if (!measure.licence.notice.empty()) form["copyright"] = measure.licence.notice;
  if (!measure.instructions.empty())
    form["item"].push_back(item_of("instructions", measure.instructions, "display"));
  int asked = 0;
  for (const auto& item : measure.items)
    form["item"].push_back(item_of(item, asked++ < measure.scoring.at_least));
  return form;
}

}  // namespace facet::symptoms
