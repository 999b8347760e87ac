// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/time_text.h"
#include "handouts/handout_input.h"
#include "symptoms/observation_service.h"

namespace facet::handouts {

/// Adds what was found in a patient and in records merged into theirs: each symptom and side with
/// its newest score and its first of another day, each joint and side, stress. Not authorised.
void add_findings(storage::Act& act, const symptoms::ObservationService& observations,
                  const std::string& patient_id, const std::string& time_zone,
                  HandoutInput& input);

/// As a handout takes words from the record: in one line, cut to 200 characters.
std::string fit(const std::string& words);

std::chrono::year_month_day calendar_day(const base::PartialDate& day);

}  // namespace facet::handouts
