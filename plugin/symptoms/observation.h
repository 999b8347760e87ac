// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/versioned_table.h"
#include "symptoms/complaint.h"

namespace facet::symptoms {

/// Code systems of what is observed, besides symptoms.
inline constexpr const char* measure_system = "urn:facet:measure";  // code: one of the measures below
inline constexpr const char* note_system = "urn:facet:note";        // code: one of the notes below
inline constexpr const char* level_system = "urn:facet:spinal-level";
inline constexpr const char* bed_zone_system = "urn:facet:bed-zone";

/// One thing found in a patient:
///   a complaint's severity 0 to 10, now, on average and at its worst; its onset; what makes it worse
///   or better;
///   `stress` 0 to 10;
///   `segmental-motion` 0 to 6 at a spinal level and side (3 normal, below stiff, above loose), with
///   pain on pressure;
///   `body-weight` in kg, `body-height` in cm;
///   `tension-before`, `tension-after` by bed zone, as a bed reported them (its own scale);
///   a note in words: `history`, `examination`, `assessment`, `plan`, `advice`, `exercises`.
struct Observation {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::optional<std::string> encounter_id;
  std::optional<std::string> procedure_id;
  std::string status = "final";  // FHIR observation-status
  std::string code_system;
  std::string code;
  std::optional<std::string> side;    // left, right, both, midline
  std::optional<std::string> site;    // spinal level or bed zone
  std::optional<std::string> region;  // of a symptom that the catalogue does not have
  std::optional<std::int64_t> value;
  std::optional<std::int64_t> severity_average;
  std::optional<std::int64_t> severity_worst;
  std::optional<bool> pain_on_pressure;
  std::optional<std::string> onset;  // FHIR date with its precision
  std::int64_t effective_ms = 0;
  std::optional<std::string> text;  // of a note, or of such a symptom; sealed, as what follows
  std::optional<std::string> worse_with;
  std::optional<std::string> better_with;
  std::optional<std::string> note;  // a remark on any of these
};

}  // namespace facet::symptoms
