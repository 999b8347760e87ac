// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <vector>

#include "knowledge/anatomy.h"

namespace facet::knowledge {

struct RedFlagItem {
  std::string id;  // "rf_ces_saddle.thighs"
  std::string text;
};

/// Yes when the question is yes (if question_yes) and at least items_at_least items are ticked.
/// Without question_yes the question is only the lead-in to the items.
struct YesWhen {
  bool question_yes;
  int items_at_least;
};

/// With a yes to any of `with_any`, a yes becomes `then`, with its own words.
struct Combination {
  Strings with_any;
  RedFlagAction then;
  std::string patient_message;
  std::string route_uk;
};

struct RedFlag {
  std::string id;
  RedFlagGroup group;
  std::string question;
  std::vector<RedFlagItem> items;
  YesWhen yes_when;
  std::string help_text;
  std::string staff_note;  // never shown to the patient
  RedFlagAction action;
  bool blocks_bed;
  std::string patient_message;
  std::string route_uk;
  std::vector<Combination> combine_with;
  Strings sources;
};

struct Contraindication {
  std::string id;
  std::string question;
  std::string help_text;
  AnsweredBy answered_by;
  ContraindicationKind kind;
  ContraindicationAction action;
  BlockedZone zone;
  ClearRole clear_role;
  std::string clear_note;  // for staff
  std::string why;         // for staff
  Strings sources;
};

struct RedFlagActionText {
  RedFlagAction id;
  int rank;
  std::string meaning;
};

struct ContraindicationKindText {
  ContraindicationKind id;
  std::string meaning;
};

struct ContraindicationActionText {
  ContraindicationAction id;
  int rank;
  std::string meaning;
  std::string patient_message;
};

struct ScreeningLogic {
  int rescreen_days;
  Strings ask_before_bed;
  Strings recheck_each_visit;
  Strings rules;
};

/// What a clinic starts from; all but the maximum are Facet's own choices, to be set with the
/// maker of the bed.
struct SessionDefaults {
  std::string note;
  int max_minutes_published;
  int first_session_minutes;
  std::string first_session_strength;
  int min_gap_hours;
  int max_sessions_per_week;
  int review_after_sessions;
  Strings stop_if;
  int turnover_minutes;
  int clearance_valid_days;
};

struct CaudaEquinaCard {
  std::string note;
  Strings sources;
};

}  // namespace facet::knowledge
