// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace facet::handouts {

/// What the sheet is for, chosen by the physiotherapist: the author offers both.
enum class Track { relief, prevention };

/// Wall clock at the clinic.
struct LocalTime {
  std::chrono::year_month_day day;
  int minute = 0;  // after midnight, 0 to 1439
};

struct NerveInput {
  std::string id;    // "radial"
  std::string name;  // used as it is where the text pack does not know the id
};

struct EarlierSeverity {
  int score = 0;  // 0 to 10
  std::chrono::year_month_day on;
};

/// Codes are those of the catalogue.
struct SymptomInput {
  std::string id;               // "tennis_elbow", or "other"
  std::string plain_name;       // "Tennis elbow"; in the words typed, if it is another symptom
  std::string side;             // left, right, both, midline; empty if not asked
  std::optional<int> severity;  // now, 0 to 10
  std::optional<EarlierSeverity> earlier;  // as first recorded
  std::vector<NerveInput> nerves;
  std::vector<std::string> segments;    // anatomical_segments: "C5-C6", "C6-C7"
  std::string bed_basis = "none";       // segmental, adjacent, none
  std::string bed_reach = "none";       // full, partial, none_direct, none
  std::vector<std::string> body_parts;  // knowledge::BodyPart codes: "elbow"
};

struct JointInput {
  std::string level;  // "L4-L5"
  std::string side;   // left, right, both, midline or empty
  int motion = 3;     // 0 does not move, 3 as usual, 6 very loose
  bool sore = false;  // pain on pressure
};

struct BedSessionInput {
  LocalTime start;
  int minutes = 0;                 // on the bed, 1 to 240
  std::vector<std::string> zones;  // knowledge::BedZone codes
  std::string where;               // room; may be empty
};

struct VisitInput {
  LocalTime start;
  std::string with;   // may be empty
  std::string where;  // may be empty
};

/// Who to call; either may be empty.
struct ContactInput {
  std::string phone;
  std::string email;
};

/// What the caller knows about the patient and the visit.
struct HandoutInput {
  std::string language = "en-GB";  // BCP 47
  Track track = Track::relief;
  std::string clinic;  // empty on a sheet that names none
  ContactInput contact;
  std::string document_id;  // empty: nothing is recorded of it
  std::string given_by;     // empty on a sheet that nobody gave
  std::chrono::year_month_day given_on;
  std::optional<std::string> patient;    // none: a general sheet
  std::optional<std::string> recipient;  // who took it for the patient
  std::vector<SymptomInput> symptoms;
  std::vector<JointInput> joints;
  std::optional<int> stress;  // 0 to 10
  std::vector<BedSessionInput> bed_sessions;
  std::optional<int> check_in_minutes;  // before a session's start
  std::vector<VisitInput> visits;
};

}  // namespace facet::handouts
