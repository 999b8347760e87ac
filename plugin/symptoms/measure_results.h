// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "knowledge/measure_score.h"
#include "storage/versioned_table.h"
#include "symptoms/screening.h"

namespace facet::symptoms {

/// What one response to a measure says, computed by the measure's own rule. Points in hundredths.
struct MeasureResult {
  std::string response_id;
  std::int64_t authored_ms = 0;
  knowledge::Score score;
  /// Nothing for the first response of a measure of differences, or if nothing can be compared.
  std::optional<knowledge::Difference> from_first;
  std::optional<knowledge::Difference> from_previous;
};

/// A person's results in a measure, oldest first. Not authorised. Errors: internal, stored answers that
/// the measure's pack no longer takes.
base::Result<std::vector<MeasureResult>> results(storage::Act& act,
                                                 const storage::Records<QuestionnaireResponse>& records,
                                                 const std::string& patient_id,
                                                 const knowledge::Measure& measure);

}  // namespace facet::symptoms
