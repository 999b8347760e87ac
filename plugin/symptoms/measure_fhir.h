// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <map>

#include "rest/reader.h"
#include "symptoms/measure_results.h"
#include "symptoms/screening_service.h"

namespace facet::symptoms {

/// Adds what is computed to responses as resources; one search of results for each patient and measure.
class MeasureScores {
 public:
  MeasureScores(storage::Act& act, const ScreeningService& service,
                const knowledge::Measures& measures)
      : act_(act), service_(service), measures_(measures) {}

  /// Leaves other questionnaires as they are. Errors: those of results().
  base::Status add_to(base::Json& response);

 private:
  base::Result<const std::vector<MeasureResult>*> results_of(
      const std::string& patient_id, const knowledge::Measure& measure);

  storage::Act& act_;
  const ScreeningService& service_;
  const knowledge::Measures& measures_;
  std::map<std::pair<std::string, std::string>, std::vector<MeasureResult>> results_;
};

/// Takes the extensions that add_to() writes, so that what was read can be sent back.
void pass_over_scores(rest::Reader& reader);

}  // namespace facet::symptoms
