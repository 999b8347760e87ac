// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "symptoms/detected_issue_service.h"
#include "symptoms/flag_service.h"
#include "symptoms/screening_state.h"

namespace facet::symptoms {

/// A rule that is set off, by which answers.
struct SetOff {
  knowledge::Reason reason;
  bool blocks = false;
  std::string response_id;
  std::int64_t authored_ms = 0;
};

/// Brings a patient's alerts to what the answers say, in the act that recorded them:
///   every rule that is set off has an active Flag; a no that was given later ends it;
///   every one of them that blocks has a DetectedIssue, and a new one where the patient said no since
///   the last, or where it is more or less grave than it was: what was decided before is not about it.
/// `said` is the response that was recorded, where its answers say no. Not authorised: part of the
/// write that it follows. Throws StorageError.
void raise_alerts(storage::Act& act, const knowledge::Catalogue& catalogue, const FlagService& flags,
                  const DetectedIssueService& issues, const std::string& patient_id,
                  const Answered& answered, const std::vector<SetOff>& set_off,
                  const std::optional<Given>& said);

}  // namespace facet::symptoms
