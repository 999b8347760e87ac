// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>

#include "knowledge/answers.h"
#include "knowledge/device_model.h"

namespace facet::knowledge {

/// The contraindications with answered_by `record`; the checker holds the catalogue to this list.
inline constexpr Codes<4> record_answered_ids{"ci_under_18", "ci_age_75", "ci_weight", "ci_height"};

/// What the record knows of a person on the day of the session.
struct RecordFacts {
  std::optional<int> age_years;
  std::optional<double> weight_kg;
  std::optional<double> height_cm;
};

/// The answers that the record gives for a bed with these limits. A fact that is not known, or a
/// weight or height limit that the device lacks, leaves its question unanswered, which keeps the
/// person from the bed. A device's age limits can only narrow the 18 and 75 of the questions.
Answers record_answers(const RecordFacts& facts, const DeviceModel& device);

}  // namespace facet::knowledge
