// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>

#include "handouts/handout_pdf.h"

namespace facet::handouts::test {

inline SymptomInput tennis_elbow() {
  return {"Tennis elbow", "right",      6, {{"radial", "Radial"}}, {"C5-C6", "C6-C7"},
          "adjacent",     "none_direct"};
}

inline SymptomInput low_back_pain() {
  return {"Low back pain",
          "both",
          7,
          {{"lumbar_dorsal_rami", ""}, {"s1_dorsal_ramus", ""}},
          {"L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"},
          "segmental",
          "full"};
}

inline HandoutInput general_sheet() {
  HandoutInput input;
  input.clinic = "Riverside Physiotherapy";
  input.document_id = "019ab3f2-7c41-7d02-9a35-5be1c0a7f3d9";
  input.given_by = "Sam Patel, physiotherapist";
  input.given_on = std::chrono::year{2026} / 11 / 22;
  return input;
}

inline HandoutInput personal_sheet() {
  auto input = general_sheet();
  input.patient = "Ann Example";
  input.symptoms = {tennis_elbow(), low_back_pain()};
  input.joints = {{"L4-L5", "left", 1, true}, {"T6-T7", "midline", 2, false}};
  input.stress = 7;
  return input;
}

}  // namespace facet::handouts::test
