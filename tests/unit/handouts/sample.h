// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>

#include "handouts/print/handout_pdf.h"

namespace facet::handouts::test {

inline std::chrono::year_month_day day(int year, unsigned month, unsigned day) {
  return std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day);
}

inline SymptomInput tennis_elbow() {
  SymptomInput symptom;
  symptom.id = "tennis_elbow";
  symptom.plain_name = "Tennis elbow";
  symptom.side = "right";
  symptom.severity = 6;
  symptom.nerves = {{"radial", "Radial"}};
  symptom.segments = {"C5-C6", "C6-C7"};
  symptom.bed_basis = "adjacent";
  symptom.bed_reach = "none_direct";
  symptom.body_parts = {"elbow"};
  return symptom;
}

inline SymptomInput low_back_pain() {
  SymptomInput symptom;
  symptom.id = "low_back_pain";
  symptom.plain_name = "Low back pain";
  symptom.side = "both";
  symptom.severity = 4;
  symptom.earlier = EarlierSeverity{7, day(2026, 9, 14)};
  symptom.nerves = {{"lumbar_dorsal_rami", ""}, {"s1_dorsal_ramus", ""}};
  symptom.segments = {"L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"};
  symptom.bed_basis = "segmental";
  symptom.bed_reach = "full";
  symptom.body_parts = {"low_back"};
  return symptom;
}

inline HandoutInput general_sheet() {
  HandoutInput input;
  input.clinic = "Riverside Physiotherapy";
  input.contact = {"01632 960 123", "desk@riverside.example"};
  input.given_on = day(2026, 11, 22);
  return input;
}

/// What one patient takes home: then and now, stiff joints, stress, sessions and a visit.
inline HandoutInput personal_sheet() {
  auto input = general_sheet();
  input.document_id = "019ab3f2-7c41-7d02-9a35-5be1c0a7f3d9";
  input.given_by = "Sam Patel, physiotherapist";
  input.patient = "Ann Example";
  input.symptoms = {tennis_elbow(), low_back_pain()};
  input.joints = {{"L4-L5", "left", 1, true}, {"T6-T7", "midline", 2, false}};
  input.stress = 7;
  input.bed_sessions = {
      {{day(2026, 11, 24), 14 * 60 + 30}, 20, {"left_lower", "right_lower"}, "Room 2"},
      {{day(2026, 12, 1), 9 * 60}, 20, {"left_lower", "right_lower"}, "Room 2"}};
  input.check_in_minutes = 9;
  input.visits = {{{day(2026, 12, 8), 10 * 60 + 15}, "Sam Patel", "Room 1"}};
  return input;
}

}  // namespace facet::handouts::test
