// SPDX-License-Identifier: MPL-2.0
#include "symptoms/detected_issue_service.h"

#include "base/interval.h"
#include "symptoms/clinician.h"
#include "symptoms/detected_issue_store.h"
#include "symptoms/screening_state.h"

namespace facet::symptoms {
namespace {

using base::ErrorCode;
using base::invalid;
using base::Status;
using knowledge::Catalogue;
using storage::Act;

bool same_facts(const DetectedIssue& a, const DetectedIssue& b) {
  return a.patient_id == b.patient_id && a.rule_id == b.rule_id && a.severity == b.severity &&
         a.response_id == b.response_id && a.identified_ms == b.identified_ms;
}

bool same_decision(const DetectedIssue& a, const DetectedIssue& b) {
  return a.mitigated_ms == b.mitigated_ms && a.mitigated_until_ms == b.mitigated_until_ms &&
         a.mitigated_by == b.mitigated_by && a.mitigation == b.mitigation && a.advice == b.advice;
}

void copy_registration(DetectedIssue& to, const DetectedIssue& from) {
  to.mitigated_role = from.mitigated_role;
  to.regulator = from.regulator;
  to.registration_number = from.registration_number;
  to.registration_expires = from.registration_expires;
}

Status check_kind(const Catalogue& catalogue, const DetectedIssue& issue) {
  const auto kind = override_of(catalogue, issue.rule_id, issue.severity);
  if (kind == Override::never)
    return base::fail(ErrorCode::blocked, "DetectedIssue.mitigation",
                      "Nobody overrides this. Only a new, whole screening with other answers opens "
                      "the bed.");
  if (kind == Override::written_advice && !issue.advice)
    return invalid("DetectedIssue.mitigation",
                   "This needs a named doctor's written advice: extension urn:facet:doctor-advice.");
  return {};
}

Status check_times(const Act& act, const Catalogue& catalogue, const DetectedIssue& issue) {
  const auto decided = *issue.mitigated_ms, until = *issue.mitigated_until_ms;
  if (decided > act.now_ms + base::minute_ms)
    return invalid("DetectedIssue.mitigation[0].date", "This lies in the future.");
  if (decided < act.now_ms - base::day_ms || decided < issue.identified_ms - base::minute_ms)
    return invalid("DetectedIssue.mitigation[0].date",
                   "A decision is recorded within a day, and after the answers that it is about.");
  const int most_days = catalogue.session_defaults().clearance_valid_days;
  if (until <= act.now_ms || until <= decided || until - decided > most_days * base::day_ms)
    return invalid("DetectedIssue.mitigation[0].extension",
                   "A decision holds until a moment ahead, at most " + std::to_string(most_days) +
                       " days after it was made.");
  return {};
}

Status check_advice(const Act& act, const DetectedIssue& issue) {
  if (!issue.advice) return {};
  const auto day = base::Json::parse(*issue.advice).at("date").get<std::string>();
  if (day > base::instant_text(act.now_ms).substr(0, 10))
    return invalid("DetectedIssue.mitigation[0].extension", "The advice lies in the future.");
  return {};
}

Status check_decision(Act& act, const Catalogue& catalogue,
                      const clinic::PractitionerService& practitioners, DetectedIssue& issue) {
  if (auto ok = check_kind(catalogue, issue); !ok) return ok;
  if (auto ok = check_times(act, catalogue, issue); !ok) return ok;
  if (auto ok = check_advice(act, issue); !ok) return ok;
  auto registration = registration_of(act, practitioners, *issue.mitigated_by,
                                      "DetectedIssue.mitigation[0].author");
  if (!registration) return base::pass(registration);
  issue.mitigated_role = registration->role;
  issue.regulator = registration->regulator;
  issue.registration_number = registration->number;
  issue.registration_expires = registration->expires;
  return {};
}

Status check(Act& act, const Catalogue& catalogue,
             const clinic::PractitionerService& practitioners, DetectedIssue& issue) {
  const auto before = detected_issue_records()->current(act, issue.id);
  if (!before)
    return base::fail(ErrorCode::blocked, "DetectedIssue",
                      "Answers to screening raise these; nobody writes one.");
  if (!same_facts(*before, issue))
    return invalid("DetectedIssue", "What was found stays as it is; only the mitigation is yours.");
  if (same_decision(*before, issue)) {
    copy_registration(issue, *before);
    if (before->status == issue.status) return {};  // a retry
  }
  if (before->status == "entered-in-error")
    return base::fail(ErrorCode::conflict, "DetectedIssue.status", "This was taken back for good.");
  if (issue.status == "entered-in-error") {
    if (!issue.mitigated_ms || same_decision(*before, issue)) return {};
    return invalid("DetectedIssue.mitigation", "What is taken back carries no new decision.");
  }
  if (!issue.mitigated_ms) return {};  // withdrawn
  return check_decision(act, catalogue, practitioners, issue);
}

}  // namespace

Override override_of(const Catalogue& catalogue, const std::string& rule_id,
                     const std::string& severity) {
  if (rule_id == changed_rule) return Override::never;
  if (catalogue.find_red_flag(rule_id))
    return severity == "high" ? Override::action_only : Override::review;
  const auto* rule = catalogue.find_contraindication(rule_id);
  if (rule == nullptr || rule->kind == knowledge::ContraindicationKind::absolute)
    return Override::never;
  return rule->kind == knowledge::ContraindicationKind::relative ? Override::review
                                                                 : Override::written_advice;
}

DetectedIssueService::DetectedIssueService(const Catalogue& catalogue,
                                           const clinic::PractitionerService& practitioners)
    : issues(detected_issue_records(),
             {"DetectedIssue", clinic::Permission::read_clinical,
              clinic::Permission::give_clearance,
              [&catalogue, &practitioners](Act& act, DetectedIssue& issue) {
                return check(act, catalogue, practitioners, issue);
              }}) {}

}  // namespace facet::symptoms
