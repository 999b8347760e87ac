// SPDX-License-Identifier: MPL-2.0
#include "symptoms/measure_results.h"

#include "symptoms/catalogue_questionnaires_fhir.h"
#include "symptoms/measure_answers.h"

namespace facet::symptoms {

using base::Result;
using knowledge::ChangeOf;
using knowledge::MeasureAnswers;

namespace {

Result<std::optional<knowledge::Difference>> compared(const knowledge::Measure& measure,
                                                      const MeasureAnswers* before,
                                                      const MeasureAnswers& now) {
  const bool answer_is_change = measure.meaningful_change.of == ChangeOf::answer;
  if (before == nullptr && !answer_is_change) return std::optional<knowledge::Difference>{};
  auto change = knowledge::change(measure, before != nullptr ? *before : now, now);
  if (!change) return base::pass(change);
  return change->score;
}

}  // namespace

Result<std::vector<MeasureResult>> results(storage::Act& act,
                                           const storage::Records<QuestionnaireResponse>& records,
                                           const std::string& patient_id,
                                           const knowledge::Measure& measure) {
  const auto responses = records.where(
      act,
      "patient_id in (select :patient union all "
      "select source_id from patient_merge where target_id = :same) and "
      "questionnaire = :questionnaire and status in ('completed', 'amended')",
      "order by authored_ms, id", patient_id, patient_id, questionnaire_url(measure.id));
  std::vector<MeasureResult> list;
  std::optional<MeasureAnswers> first, previous;
  for (const auto& response : responses) {
    if (!response.answers) continue;  // erased
    auto answers = measure_answers_of(measure, *response.answers);
    if (!answers) return base::pass(answers);
    auto score = knowledge::score(measure, *answers);
    if (!score) return base::pass(score);
    auto from_first = compared(measure, first ? &*first : nullptr, *answers);
    if (!from_first) return base::pass(from_first);
    auto from_previous = compared(measure, previous ? &*previous : nullptr, *answers);
    if (!from_previous) return base::pass(from_previous);
    list.push_back({response.id, response.authored_ms, std::move(*score), *from_first, *from_previous});
    if (!first) first = *answers;
    previous = std::move(*answers);
  }
  return list;
}

}  // namespace facet::symptoms
