// SPDX-License-Identifier: MPL-2.0
#include "symptoms/screening_service.h"

#include "base/json.h"
#include "knowledge/record_answers.h"
#include "symptoms/screening_store.h"

namespace facet::symptoms {
namespace {

using base::Result;
using base::Status;
using clinic::Permission;
using storage::Act;

/// The bed whose limits apply; its maker publishes them.
constexpr const char* device_model = "backhug";

}  // namespace

Result<knowledge::Answers> answers_of(const QuestionnaireResponse& response) {
  knowledge::Answers answers;
  auto json = base::parse_json(response.answers.value_or("{}"));
  if (!json) return base::pass(json);
  for (const auto& [link_id, value] : json->items()) {
    const auto answer = knowledge::from_code<knowledge::Answer>(value.get<std::string>());
    if (!answer)
      return base::invalid("QuestionnaireResponse.item", "An answer is yes, no or unsure.");
    answers[link_id] = *answer;
  }
  return answers;
}

ScreeningService::ScreeningService(const knowledge::Catalogue& catalogue,
                                   const clinic::PatientService& patients,
                                   const ObservationService& observations)
    : responses(questionnaire_response_records(),
                {"QuestionnaireResponse", Permission::read_clinical, Permission::write_clinical,
                 [this](Act& act, QuestionnaireResponse& response) { return check(act, response); }}),
      catalogue_(catalogue),
      patients_(patients),
      observations_(observations) {}

Result<knowledge::ScreeningResult> ScreeningService::judge(Act& act,
                                                           const QuestionnaireResponse& response,
                                                           std::int64_t at_ms) const {
  auto answers = answers_of(response);
  if (!answers) return base::pass(answers);
  // Age comes from the birth date alone, never from a question.
  answers->erase("ci_under_18");
  answers->erase("ci_age_75");
  knowledge::RecordFacts facts;
  if (const auto patient = patients_.patients.records().current(act, response.patient_id))
    facts.age_years = clinic::age_at(*patient, at_ms);
  if (const auto kg = observations_.latest(act, response.patient_id, "body-weight"))
    facts.weight_kg = static_cast<double>(*kg);
  if (const auto cm = observations_.latest(act, response.patient_id, "body-height"))
    facts.height_cm = static_cast<double>(*cm);
  for (const auto& [link_id, answer] :
       knowledge::record_answers(facts, *catalogue_.find_device(device_model)))
    (*answers)[link_id] = answer;
  return knowledge::screen(catalogue_, *answers, observations_.symptom_ids(act, response.patient_id));
}

Status ScreeningService::check(Act& act, QuestionnaireResponse& response) const {
  if (response.questionnaire != screening_questionnaire)
    return base::invalid("QuestionnaireResponse.questionnaire",
                         std::string("Facet knows one questionnaire: ") + screening_questionnaire + ".");
  if (response.authored_ms > act.now_ms + 60'000)
    return base::invalid("QuestionnaireResponse.authored", "This lies in the future.");
  response.questionnaire_version = catalogue_.screening_about().version;
  auto result = judge(act, response, act.now_ms);
  if (!result) {
    auto error = result.error();
    error.field = "QuestionnaireResponse.item " + error.field;
    return tl::unexpected<base::Error>(std::move(error));
  }
  if (response.status != "completed" || result->complete) return {};
  return base::fail(base::ErrorCode::invalid, "QuestionnaireResponse.item",
                    "Screening is not complete: " + std::to_string(result->unanswered.size()) +
                        " questions have no answer.",
                    result->unanswered);
}

Result<std::optional<CurrentScreening>> ScreeningService::current(Act& act,
                                                                  const std::string& patient_id,
                                                                  std::int64_t at_ms) const {
  const auto found = responses.records().where(
      act, "patient_id = :patient and status in ('completed', 'amended') and authored_ms <= :at",
      "order by authored_ms desc, id desc limit 1", patient_id, at_ms);
  if (found.empty()) return std::optional<CurrentScreening>{};
  auto result = judge(act, found.front(), at_ms);
  if (!result) return base::pass(result);
  const auto authored_ms = found.front().authored_ms;
  return CurrentScreening{authored_ms, knowledge::rescreen_due(catalogue_, authored_ms, at_ms),
                          std::move(*result)};
}

}  // namespace facet::symptoms
