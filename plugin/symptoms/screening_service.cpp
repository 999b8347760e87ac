// SPDX-License-Identifier: MPL-2.0
#include "symptoms/screening_service.h"

#include <algorithm>

#include "base/json.h"
#include "knowledge/measure_score.h"
#include "knowledge/record_answers.h"
#include "symptoms/clinician.h"
#include "symptoms/detected_issue_store.h"
#include "symptoms/measure_answers.h"
#include "symptoms/rule_text.h"
#include "symptoms/screening_alerts.h"
#include "symptoms/screening_store.h"

namespace facet::symptoms {
namespace {

using base::Result;
using base::Status;
using clinic::Permission;
using knowledge::Answers;
using knowledge::Catalogue;
using storage::Act;

/// The bed whose limits apply; its maker publishes them.
constexpr const char* device_model = "backhug";

bool is_final(const std::string& status) {
  return status == "completed" || status == "amended" || status == "stopped";
}

/// Where an answer is at fault, as a field of the resource.
template <class T>
tl::unexpected<base::Error> at_item(Result<T>& result) {
  auto error = std::move(result.error());
  error.field = "QuestionnaireResponse.item " + error.field;
  return tl::unexpected<base::Error>(std::move(error));
}

Status incomplete(const char* what, std::vector<std::string> missing) {
  return base::fail(base::ErrorCode::invalid, "QuestionnaireResponse.item",
                    std::string(what) + " is not complete: " + std::to_string(missing.size()) +
                        " questions have no answer.",
                    std::move(missing));
}

/// Logic of screening.json: answers are immutable, corrections are new records.
Status keeps_answers(const QuestionnaireResponse& before, const QuestionnaireResponse& now) {
  const bool same = before.patient_id == now.patient_id &&
                    before.encounter_id == now.encounter_id &&
                    before.questionnaire == now.questionnaire &&
                    before.authored_ms == now.authored_ms && before.answers == now.answers;
  const bool takes_back = now.status == "entered-in-error";
  if (same && (takes_back || before.status == now.status)) return {};
  return base::fail(base::ErrorCode::conflict, "QuestionnaireResponse",
                    "Answers stay as they were given. Take these back as entered-in-error, and "
                    "record what is right as a new response.");
}

Status check_recheck(const Catalogue& catalogue, const Answers& answers) {
  const auto& asked = catalogue.logic().recheck_each_visit;
  for (const auto& [link_id, answer] : answers) {
    const auto* flag = catalogue.find_red_flag_of_item(link_id);
    const auto& rule_id = flag != nullptr ? flag->id : link_id;
    if (std::find(asked.begin(), asked.end(), rule_id) == asked.end())
      return base::invalid("QuestionnaireResponse.item " + link_id,
                           "The re-check does not ask this.");
  }
  return {};
}

/// True if the newest issue of a rule carries a decision that lifts it.
bool lifts(Act& act, const ScreeningService::Needs& needs, const std::vector<IssueState>& issues,
           const knowledge::Reason& reason, std::int64_t at_ms) {
  const auto issue = std::find_if(issues.begin(), issues.end(), [&](const IssueState& one) {
    return one.rule_id == reason.rule_id;
  });
  if (issue == issues.end() || issue->in_error || !issue->mitigated_ms) return false;
  if (issue->severity != severity_of(reason)) return false;
  const auto kind = override_of(needs.catalogue, reason.rule_id, issue->severity);
  const bool may = kind == Override::review ||
                   (kind == Override::written_advice && issue->has_advice);
  const auto last_ms = std::max(at_ms, act.now_ms);
  return may && *issue->mitigated_ms <= last_ms && last_ms < *issue->mitigated_until_ms &&
         stands(act, needs.practitioners, *issue->mitigated_by, *issue->registration_expires,
                last_ms);
}

}  // namespace

Result<Answers> answers_of(const QuestionnaireResponse& response) {
  Answers answers;
  auto json = base::parse_json(response.answers.value_or("{}"));
  if (!json) return base::pass(json);
  for (const auto& [link_id, value] : json->items()) {
    const auto answer = value.is_string()
                            ? knowledge::from_code<knowledge::Answer>(value.get<std::string>())
                            : std::nullopt;
    if (!answer)
      return base::invalid("QuestionnaireResponse.item", "An answer is yes, no or unsure.");
    answers[link_id] = *answer;
  }
  return answers;
}

ScreeningService::ScreeningService(const Needs& needs)
    : responses(questionnaire_response_records(),
                {"QuestionnaireResponse", Permission::read_clinical, Permission::write_clinical,
                 [this](Act& act, QuestionnaireResponse& response) { return check(act, response); },
                 [this](Act& act, const QuestionnaireResponse*, const QuestionnaireResponse& now) {
                   return alert(act, now);
                 }}),
      needs_(needs) {}

Status ScreeningService::put_record_answers(Act& act, const std::string& patient_id,
                                            std::int64_t at_ms, Answers& answers) const {
  // Age comes from the birth date alone, never from a question.
  answers.erase("ci_under_18");
  answers.erase("ci_age_75");
  knowledge::RecordFacts facts;
  const auto patient = needs_.patients.patients.records().current(act, patient_id);
  if (patient && patient->birth_date)
    if (const auto born = base::parse_date(*patient->birth_date))
      knowledge::set_age(facts, *born, *base::parse_date(base::instant_text(at_ms).substr(0, 10)));
  if (const auto kg = needs_.observations.latest(act, patient_id, "body-weight"))
    facts.weight_kg = static_cast<double>(*kg);
  if (const auto cm = needs_.observations.latest(act, patient_id, "body-height"))
    facts.height_cm = static_cast<double>(*cm);
  const auto* device = needs_.catalogue.find_device(device_model);
  for (const auto& [link_id, answer] : knowledge::record_answers(facts, *device))
    answers[link_id] = answer;
  return {};
}

Result<Answered> ScreeningService::answered(Act& act, const std::string& patient_id,
                                            std::int64_t at_ms) const {
  Answered answered;
  for (const auto& [questionnaire, place] :
       {std::pair{screening_questionnaire, &answered.whole},
        std::pair{recheck_questionnaire, &answered.recheck}}) {
    const auto found = newest_response(act, responses.records(), patient_id, questionnaire);
    if (!found) continue;
    auto answers = answers_of(*found);
    if (!answers) return base::pass(answers);
    *place = Given{found->id, found->authored_ms, std::move(*answers)};
  }
  if (answered.whole)
    if (auto ok = put_record_answers(act, patient_id, at_ms, answered.whole->answers); !ok)
      return base::pass(ok);
  return answered;
}

Result<CurrentScreening> ScreeningService::judge(Act& act, const std::string& patient_id,
                                                 const Answered& answered,
                                                 std::int64_t at_ms) const {
  auto result = knowledge::screen(needs_.catalogue, merged(needs_.catalogue, answered),
                                  recorded_symptoms(act, patient_id));
  if (!result) return base::pass(result);
  const auto authored_ms = answered.whole ? answered.whole->authored_ms : 0;
  return CurrentScreening{authored_ms,
                          knowledge::rescreen_due(needs_.catalogue, authored_ms, at_ms),
                          std::move(*result)};
}

Status ScreeningService::check(Act& act, QuestionnaireResponse& response) const {
  if (response.authored_ms > act.now_ms + base::minute_ms)
    return base::invalid("QuestionnaireResponse.authored", "This lies in the future.");
  const auto before = responses.records().current(act, response.id);
  if (before && (is_final(before->status) || before->status == "entered-in-error")) {
    response.questionnaire_version = before->questionnaire_version;
    return keeps_answers(*before, response);
  }
  if (!response.of_screening()) return check_measure(response);
  response.questionnaire_version = needs_.catalogue.screening_about().version;
  return check_screening(act, response);
}

Status ScreeningService::check_screening(Act& act, const QuestionnaireResponse& response) const {
  auto answers = answers_of(response);
  if (!answers) return base::pass(answers);
  const bool complete = response.status == "completed" || response.status == "amended";
  if (response.questionnaire == recheck_questionnaire) {
    if (auto ok = check_recheck(needs_.catalogue, *answers); !ok) return ok;
    auto result = knowledge::recheck(needs_.catalogue, *answers);
    if (!result) return at_item(result);
    return complete && !result->complete ? incomplete("The re-check", result->unanswered) : Status{};
  }
  if (auto ok = put_record_answers(act, response.patient_id, act.now_ms, *answers); !ok) return ok;
  auto result = knowledge::screen(needs_.catalogue, *answers,
                                  recorded_symptoms(act, response.patient_id));
  if (!result) return at_item(result);
  return complete && !result->complete ? incomplete("Screening", result->unanswered) : Status{};
}

Status ScreeningService::check_measure(QuestionnaireResponse& response) const {
  const auto* measure = measure_of(needs_.measures, response.questionnaire);
  if (measure == nullptr)
    return base::invalid("QuestionnaireResponse.questionnaire",
                         std::string("Facet knows ") + screening_questionnaire + ", " +
                             recheck_questionnaire + " and those of the outcome measures.");
  response.questionnaire_version = measure->version;
  auto answers = measure_answers_of(*measure, response.answers.value_or("{}"));
  if (!answers) return at_item(answers);
  auto score = knowledge::score(*measure, *answers);
  if (!score) return at_item(score);
  const bool complete = response.status == "completed" || response.status == "amended";
  return complete && !score->complete() ? incomplete("The measure", score->missing) : Status{};
}

Status ScreeningService::alert(Act& act, const QuestionnaireResponse& response) const {
  if (!response.of_screening() || response.status == "in-progress") return {};
  auto all = answered(act, response.patient_id, act.now_ms);
  if (!all) return base::pass(all);
  std::vector<SetOff> set_off;
  const auto add = [&](const std::vector<knowledge::Reason>& reasons, bool blocks, const Given* by) {
    for (const auto& reason : reasons) {
      const auto* source = by ? by : source_of(needs_.catalogue, *all, reason.rule_id);
      const bool there = std::any_of(set_off.begin(), set_off.end(), [&](const SetOff& one) {
        return one.reason.rule_id == reason.rule_id;
      });
      if (there || source == nullptr ||
          (by && settled_after(needs_.catalogue, *all, reason.rule_id, by->authored_ms)))
        continue;
      set_off.push_back({reason, blocks, source->response_id, source->authored_ms});
    }
  };
  auto result = knowledge::evaluate(needs_.catalogue, merged(needs_.catalogue, *all), {});
  if (!result) return base::pass(result);
  add(result->blocks, true, nullptr);
  add(result->cautions, false, nullptr);

  std::optional<Given> said;  // also if newer answers stand in front of it, or if it was broken off
  if (is_final(response.status)) {
    auto answers = answers_of(response);
    if (!answers) return base::pass(answers);
    if (response.questionnaire == screening_questionnaire)
      if (auto ok = put_record_answers(act, response.patient_id, act.now_ms, *answers); !ok) return ok;
    said = Given{response.id, response.authored_ms, std::move(*answers)};
    auto own = knowledge::evaluate(needs_.catalogue, said->answers, {});
    if (!own) return base::pass(own);
    add(own->blocks, true, &*said);
    add(own->cautions, false, &*said);
  }
  raise_alerts(act, needs_.catalogue, needs_.flags, needs_.issues, response.patient_id, *all, set_off,
               said);
  return {};
}

Result<std::optional<CurrentScreening>> ScreeningService::current(Act& act,
                                                                  const std::string& patient_id,
                                                                  std::int64_t at_ms) const {
  auto all = answered(act, patient_id, at_ms);
  if (!all) return base::pass(all);
  if (!all->whole) return std::optional<CurrentScreening>{};
  auto judged = judge(act, patient_id, *all, at_ms);
  if (!judged) return base::pass(judged);
  return std::optional<CurrentScreening>(std::move(*judged));
}

Result<std::optional<Standing>> ScreeningService::standing(Act& act, const std::string& patient_id,
                                                           std::int64_t at_ms) const {
  auto all = answered(act, patient_id, at_ms);
  if (!all) return base::pass(all);
  if (!all->whole) return std::optional<Standing>{};
  auto judged = judge(act, patient_id, *all, at_ms);
  if (!judged) return base::pass(judged);
  Standing standing{std::move(*judged), {}, false};
  const auto issues = issue_states(act, patient_id);
  const auto add = [&](const knowledge::Reason& reason) {
    standing.blocks.push_back({reason, lifts(act, needs_, issues, reason, at_ms)});
  };
  for (const auto& reason : standing.screening.result.blocks) add(reason);
  for (const auto& issue : issues) {
    const bool there = std::any_of(standing.blocks.begin(), standing.blocks.end(),
                                   [&](const Block& one) { return one.reason.rule_id == issue.rule_id; });
    if (!there && !settled_after(needs_.catalogue, *all, issue.rule_id, issue.identified_ms))
      add(plain_reason(needs_.catalogue, issue.rule_id));
  }
  const auto is_todays = [&](const std::optional<Given>& given) {
    return given && std::max(at_ms, act.now_ms) - given->authored_ms <= todays_answers_ms;
  };
  if (is_todays(all->recheck)) {
    const auto recheck = knowledge::recheck(needs_.catalogue, all->recheck->answers);
    standing.answered_today = recheck && recheck->complete;
  }
  if (is_todays(all->whole) && standing.screening.result.complete) standing.answered_today = true;
  return std::optional<Standing>(std::move(standing));
}

}  // namespace facet::symptoms
