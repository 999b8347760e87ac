// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string_view>

#include "knowledge/catalogue_data.h"
#include "knowledge/finding.h"
#include "knowledge/measure.h"

namespace facet::knowledge {

struct CheckedFiles {
  SymptomsData symptoms{};
  ScreeningData screening{};
  Findings findings{};  // empty: both values are whole and agree with each other
};

/// Reads both files and finds everything wrong with them: shapes and closed lists, then check
/// digits, references, anatomy and rules that can never act.
CheckedFiles read_and_check(std::string_view symptoms_json, std::string_view screening_json);

struct CheckedMeasures {
  std::vector<Measure> measures{};
  Findings findings{};  // empty: every measure is whole, and no two have one id
};

CheckedMeasures read_and_check(const std::vector<MeasurePack>& packs);

}  // namespace facet::knowledge
