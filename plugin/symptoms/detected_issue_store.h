// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "symptoms/detected_issue.h"

namespace facet::symptoms {

std::unique_ptr<storage::Records<DetectedIssue>> detected_issue_records();

/// What a rule needs of an issue, without opening what is sealed.
struct IssueState {
  std::string id;
  std::string rule_id;
  std::string severity;
  bool in_error = false;
  std::int64_t identified_ms = 0;
  std::optional<std::int64_t> mitigated_ms;
  std::optional<std::int64_t> mitigated_until_ms;
  std::optional<std::string> mitigated_by;
  std::optional<std::string> registration_expires;
  bool has_advice = false;
};

/// All of a person, newest first. Throws StorageError.
std::vector<IssueState> issue_states(storage::Act& act, const std::string& patient_id);

}  // namespace facet::symptoms
