// SPDX-License-Identifier: MPL-2.0
#include "symptoms/condition_service.h"

#include "base/interval.h"
#include "symptoms/condition_store.h"
#include "symptoms/observation_store.h"

namespace facet::symptoms {
namespace {

using base::invalid;
using base::Status;
using clinic::Permission;
using storage::Act;

/// The invariants con-3, con-4 and con-5 of FHIR R4.
Status check_statuses(const Condition& c) {
  const bool in_error = c.verification_status == "entered-in-error";
  if (in_error && c.clinical_status)
    return invalid("Condition.clinicalStatus", "What was entered in error has no clinical status.");
  if (!in_error && !c.clinical_status)
    return invalid("Condition.clinicalStatus", "A problem needs its clinical status.");
  if (c.abated_ms && !in_error && !c.over())
    return invalid("Condition.abatementDateTime",
                   "What has abated is inactive, in remission or resolved.");
  return {};
}

Status check_times(const Act& act, const Condition& c) {
  if (auto ok = check_begun("Condition.onsetDateTime", c.onset, act.now_ms); !ok) return ok;
  if (!c.abated_ms) return {};
  if (*c.abated_ms > act.now_ms + base::hour_ms)
    return invalid("Condition.abatementDateTime", "This lies in the future.");
  const auto day = base::instant_text(*c.abated_ms + 14 * base::hour_ms);
  if (c.onset && *c.onset > day.substr(0, c.onset->size()))
    return invalid("Condition.abatementDateTime", "This is before the onset.");
  return {};
}

Status check_evidence(Act& act, const Condition& c) {
  if (!c.evidence_id) return {};
  static const auto observations = observation_records();
  const auto evidence = observations->current(act, *c.evidence_id);
  if (evidence && evidence->patient_id == c.patient_id && evidence->status != "entered-in-error")
    return {};
  return invalid("Condition.evidence", "This patient has no observation with this id.");
}

auto check_condition(const knowledge::Catalogue& catalogue) {
  return [&catalogue](Act& act, Condition& c) -> Status {
    if (auto ok = check_complaint(catalogue, "Condition", {c.code, c.side, c.region, c.text}); !ok)
      return ok;
    if (auto ok = check_statuses(c); !ok) return ok;
    if (auto ok = check_times(act, c); !ok) return ok;
    return check_evidence(act, c);
  };
}

/// What was found is the visit's; what becomes of it is not.
base::Result<bool> amends(const Condition& before, const Condition& now) {
  return before.code != now.code || before.side != now.side || before.region != now.region ||
         before.text != now.text || before.onset != now.onset ||
         before.evidence_id != now.evidence_id || before.note != now.note ||
         before.verification_status == "entered-in-error";
}

}  // namespace

ConditionService::ConditionService(const knowledge::Catalogue& catalogue)
    : conditions(condition_records(), {"Condition",
                                       Permission::read_clinical,
                                       Permission::write_clinical,
                                       check_condition(catalogue),
                                       {},
                                       amends}) {}

}  // namespace facet::symptoms
