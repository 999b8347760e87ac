// SPDX-License-Identifier: MPL-2.0
#include "orders/record_gate.h"

#include <algorithm>

#include "base/json.h"
#include "base/time_text.h"
#include "base/uuid.h"
#include "symptoms/clinician.h"
#include "symptoms/rule_text.h"

namespace facet::orders {
namespace {

using base::Status;
using storage::Act;

/// The maker's lower limit is the same; a device's own can only narrow it (record_answers.h).
constexpr int adult_years = 18;

std::string describe(const knowledge::Reason& reason) {
  return "Screening (" + reason.rule_id + "): " + symptoms::rule_text(reason);
}

bool covers(const std::string& cleared_list, const std::string& ordered_list) {
  const auto cleared = zones_of(cleared_list, ""), ordered = zones_of(ordered_list, "");
  return cleared && ordered && std::all_of(ordered->begin(), ordered->end(), [&](const auto& zone) {
           return std::find(cleared->begin(), cleared->end(), zone) != cleared->end();
         });
}

bool asks_today(const std::string& asked_at) {
  return asked_at == "check-in" || asked_at == "ready";
}

/// Stored whether the act that asked goes on or is refused.
void keep(Act& act, const GateAnswer& answer, const std::string& patient_id,
          const std::string& service_request_id, const std::string& asked_at, std::int64_t for_ms) {
  act.write_even_if_refused([id = base::uuid_v7(act.now_ms), patient_id, service_request_id,
                             asked_at, for_ms, now_ms = act.now_ms, who = act.who.user_id,
                             open = answer.open,
                             reasons = base::Json(answer.reasons).dump()](storage::Transaction& tx) {
    tx.execute(
        "insert into gate_decision (id, patient_id, service_request_id, asked_at, for_ms, "
        "decided_ms, principal, open, reasons) values (:id, :patient, :request, :asked_at, :for_ms, "
        ":now, :principal, :open, :reasons)",
        id, patient_id, service_request_id, asked_at, for_ms, now_ms, who, open, reasons);
  });
}

}  // namespace

void RecordGate::judge_patient(Act& act, const std::string& id, std::int64_t for_ms,
                               Reasons& reasons) const {
  const auto patient = patients_.patients.records().current(act, id);
  if (!patient || !patient->active) reasons.push_back("The patient's record is not active.");
  if (!patient) return;
  if (patient->replaced_by_id)
    reasons.push_back("The patient's record is merged into another one.");
  if (clinic::is_deceased(*patient)) reasons.push_back("The patient is recorded as deceased.");
  const auto age = clinic::age_at(*patient, for_ms);
  if (!age)
    reasons.push_back("The patient's birth date is not known; the bed is for adults.");
  else if (*age < adult_years)
    reasons.push_back("By the birth date, the patient may not be an adult at that time.");
  if (!consents_.active(act, id, "bed", std::min(for_ms, act.now_ms)))
    reasons.push_back("There is no current consent to the bed.");
}

Status RecordGate::judge_screening(Act& act, const std::string& patient_id, bool today,
                                   std::int64_t for_ms, Reasons& reasons) const {
  auto standing = screening_.standing(act, patient_id, for_ms);
  if (!standing) return base::pass(standing);
  if (!*standing) {
    reasons.push_back("The patient has not been screened.");
    return {};
  }
  const auto& [screening, blocks, answered_today] = **standing;
  if (screening.stale) reasons.push_back("The screening is too old for that time and must be asked again.");
  if (const auto& missing = screening.result.unanswered; !missing.empty())
    reasons.push_back("The screening lacks " + std::to_string(missing.size()) + " answers, from " +
                      missing.front() + ".");
  for (const auto& block : blocks)
    if (!block.lifted) reasons.push_back(describe(block.reason));
  if (today && !answered_today) reasons.push_back("Today's questions have not been answered.");
  return {};
}

/// Why a clearance does not cover an order at a moment; empty if it does.
std::string RecordGate::shortfall(Act& act, const Clearance& clearance, const ServiceRequest& order,
                                  std::int64_t for_ms) const {
  if (for_ms < clearance.start_ms || for_ms >= clearance.end_ms)
    return "The clearance does not run at that time.";
  if (base::instant_text(for_ms).substr(0, 10) > clearance.registration_expires)
    return "The registration of the clinician who gave the clearance ends before that time.";
  if (!symptoms::stands(act, practitioners_, clearance.assessor_id, clearance.registration_expires,
                        for_ms))
    return "The clinician who gave the clearance is not registered any more.";
  if (!covers(clearance.zones, order.zones)) return "The order has zones that are not cleared.";
  if (order.strength > clearance.max_strength) return "The order is stronger than was cleared.";
  if (order.minutes > clearance.max_minutes) return "The order is longer than was cleared.";
  return {};
}

void RecordGate::judge_order(Act& act, const std::string& patient_id,
                             const std::string& service_request_id, std::int64_t for_ms,
                             Reasons& reasons) const {
  const auto order = orders_.requests.records().current(act, service_request_id);
  if (!order || order->patient_id != patient_id) {
    reasons.push_back("There is no bed order for this patient.");
    return;
  }
  if (order->status != "active") reasons.push_back("The bed order is not active.");
  const auto clearances = orders_.clearances.records().where(
      act, "patient_id = :patient and status = 'completed'", "order by start_ms desc", patient_id);
  std::string nearest = "There is no clearance by a clinician.";
  for (const auto& clearance : clearances) {
    auto missing = shortfall(act, clearance, *order, for_ms);
    if (missing.empty()) return;
    if (&clearance == &clearances.front()) nearest = std::move(missing);
  }
  reasons.push_back(std::move(nearest));
}

base::Result<GateAnswer> RecordGate::look(Act& act, const std::string& patient_id,
                                          const std::string& service_request_id, bool today,
                                          std::int64_t for_ms) const {
  GateAnswer answer;
  judge_patient(act, patient_id, for_ms, answer.reasons);
  if (auto ok = judge_screening(act, patient_id, today, for_ms, answer.reasons); !ok)
    return base::pass(ok);
  judge_order(act, patient_id, service_request_id, for_ms, answer.reasons);
  answer.open = answer.reasons.empty();
  return answer;
}

base::Result<GateAnswer> RecordGate::ask(Act& act, const std::string& patient_id,
                                         const std::string& service_request_id,
                                         const std::string& asked_at, std::int64_t for_ms) const {
  auto answer = look(act, patient_id, service_request_id, asks_today(asked_at), for_ms);
  // What cannot be read is kept as a refusal too.
  keep(act, answer ? *answer : GateAnswer{false, {"The record cannot be read: " + answer.error().message}},
       patient_id, service_request_id, asked_at, for_ms);
  return answer;
}

}  // namespace facet::orders
