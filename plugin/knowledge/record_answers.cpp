// SPDX-License-Identifier: MPL-2.0
#include "knowledge/record_answers.h"

#include <algorithm>
#include <cmath>

namespace facet::knowledge {
namespace {

Answer yes_if(bool true_of_person) {
  return true_of_person ? Answer::yes : Answer::no;
}

bool known(const std::optional<double>& fact) {
  return fact && std::isfinite(*fact) && *fact > 0;
}

}  // namespace

void set_age(RecordFacts& facts, const base::PartialDate& birth, const base::PartialDate& on) {
  facts.age_years =
      base::age_years(birth, on);  // takes what is not known for the last day possible
  const base::PartialDate earliest{birth.year, birth.month ? birth.month : 1,
                                   birth.day ? birth.day : 1};
  facts.oldest_age_years = base::age_years(earliest, on);
}

Answers record_answers(const RecordFacts& facts, const DeviceModel& device) {
  Answers answers;
  if (facts.age_years && *facts.age_years >= 0) {
    const int age_min = std::max(18, device.limit(LimitName::age_min_years).value_or(18));
    const int age_review = std::min(75, device.limit(LimitName::age_review_years).value_or(75));
    answers["ci_under_18"] = yes_if(*facts.age_years < age_min);
    answers["ci_age_75"] = yes_if(facts.oldest_age_years.value_or(*facts.age_years) >= age_review);
  }
  if (const auto max = device.limit(LimitName::weight_max_kg); max && known(facts.weight_kg))
    answers["ci_weight"] = yes_if(*facts.weight_kg > *max);
  const auto shortest = device.limit(LimitName::height_min_cm);
  const auto tallest = device.limit(LimitName::height_max_cm);
  if (shortest && tallest && known(facts.height_cm))
    answers["ci_height"] = yes_if(*facts.height_cm < *shortest || *facts.height_cm > *tallest);
  return answers;
}

}  // namespace facet::knowledge
