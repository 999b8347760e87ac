// SPDX-License-Identifier: MPL-2.0
#include "symptoms/measure_answers.h"

#include "base/json.h"
#include "symptoms/catalogue_questionnaires_fhir.h"

namespace facet::symptoms {
namespace {

using base::Json;
using base::Status;
using knowledge::ItemAnswer;
using knowledge::ItemKind;

/// Which item a linkId belongs to: an activity has two, `<id>.activity` and `<id>.score`.
const knowledge::MeasureItem* item_of(const knowledge::Measure& measure,
                                      const std::string& link_id) {
  const auto* item = measure.find_item(link_id);
  if (item != nullptr) return item->kind == ItemKind::activity ? nullptr : item;
  const auto dot = link_id.rfind('.');
  if (dot == std::string::npos) return nullptr;
  const auto part = link_id.substr(dot);
  item = measure.find_item(link_id.substr(0, dot));
  const bool known = part == ".activity" || part == ".score";
  return known && item != nullptr && item->kind == ItemKind::activity ? item : nullptr;
}

Status take(const knowledge::MeasureItem& item, const std::string& link_id, const Json& value,
            ItemAnswer& answer) {
  const bool words = link_id.ends_with(".activity") && item.kind == ItemKind::activity;
  if (words) {
    if (!value.is_string()) return base::invalid(link_id, "This is answered in words: valueString.");
    answer.text = value.get<std::string>();
  } else if (value.is_boolean()) {
    answer.tick = value.get<bool>();
  } else if (value.is_number_integer()) {
    answer.number = value.get<int>();
  } else {
    return base::invalid(link_id, item.kind == ItemKind::tick
                                      ? "This item is ticked or not: valueBoolean."
                                      : "This item takes a whole number: valueInteger.");
  }
  return {};
}

}  // namespace

const knowledge::Measure* measure_of(const knowledge::Measures& measures,
                                     const std::string& questionnaire) {
  for (const auto& measure : measures.all())
    if (questionnaire == questionnaire_url(measure.id)) return &measure;
  return nullptr;
}

base::Result<knowledge::MeasureAnswers> measure_answers_of(const knowledge::Measure& measure,
                                                           const std::string& answers_json) {
  auto json = base::parse_json(answers_json);
  if (!json) return base::pass(json);
  knowledge::MeasureAnswers answers;
  for (const auto& [link_id, value] : json->items()) {
    const auto* item = item_of(measure, link_id);
    if (item == nullptr) return base::invalid(link_id, "This measure has no such item.");
    if (auto ok = take(*item, link_id, value, answers[item->id]); !ok) return base::pass(ok);
  }
  return answers;
}

}  // namespace facet::symptoms
