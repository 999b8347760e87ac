// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>

#include "base/time_text.h"
#include "knowledge/answers.h"
#include "knowledge/device_model.h"

namespace facet::knowledge {

/// The contraindications with answered_by `record`; the checker holds the catalogue to this list.
inline constexpr Codes<4> record_answered_ids{"ci_under_18", "ci_age_75", "ci_weight", "ci_height"};

/// What the record knows of a person on the day of the session.
struct RecordFacts {
  std::optional<int> age_years;  // the youngest that the person can be
  std::optional<double> weight_kg;
  std::optional<double> height_cm;
  std::optional<int> oldest_age_years{};  // the oldest; nothing: as age_years
};

/// Sets both ages from a birth date of any precision: someone born "1951" may be 74 or 75 in June
/// 2026, and is then taken for 74 where youth blocks and for 75 where age does.
void set_age(RecordFacts& facts, const base::PartialDate& birth, const base::PartialDate& on);

/// The answers that the record gives for a bed with these limits. A fact that is not known, or a
/// weight or height limit that the device lacks, leaves its question unanswered, which keeps the
/// person from the bed. A device's age limits can only narrow the 18 and 75 of the questions.
Answers record_answers(const RecordFacts& facts, const DeviceModel& device);

}  // namespace facet::knowledge
