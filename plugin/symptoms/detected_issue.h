// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/versioned_table.h"

namespace facet::symptoms {

/// A screening rule that keeps a patient from the bed, and what a clinician decided about it. It stays
/// open until an answer of no that was given later; a decision does not close it.
struct DetectedIssue {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::string status = "final";  // final, entered-in-error
  std::string rule_id;
  std::string severity;  // high, moderate: rule_text.h
  std::optional<std::string> response_id;
  std::int64_t identified_ms = 0;  // when the answer was given
  std::optional<std::int64_t> mitigated_ms;
  std::optional<std::int64_t> mitigated_until_ms;
  std::optional<std::string> mitigated_by;  // Practitioner; always the principal who records it
  std::optional<std::string> mitigated_role;
  std::optional<std::string> regulator;  // copied when it was decided
  std::optional<std::string> registration_number;
  std::optional<std::string> registration_expires;  // ISO date
  std::optional<std::string> mitigation;            // what was assessed and decided; sealed
  std::optional<std::string> advice;                // a doctor's, as JSON {name, registration, date}; sealed
};

/// What a clinician's decision does, by the kind of the rule.
enum class Override {
  never,           // only another screening, with other answers, opens the bed
  action_only,     // what was done is recorded; the bed stays closed all the same
  review,          // a clinician's recorded assessment lifts it
  written_advice   // the same, with a named doctor's written advice
};

}  // namespace facet::symptoms
