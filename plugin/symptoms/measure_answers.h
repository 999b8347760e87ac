// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "knowledge/measure_score.h"

namespace facet::symptoms {

/// The measure of a questionnaire's canonical; null if it is of none.
const knowledge::Measure* measure_of(const knowledge::Measures& measures,
                                     const std::string& questionnaire);

/// Stored answers (screening.h) as the measure's. Errors: invalid, with the linkId in `field`.
base::Result<knowledge::MeasureAnswers> measure_answers_of(const knowledge::Measure& measure,
                                                           const std::string& answers_json);

}  // namespace facet::symptoms
