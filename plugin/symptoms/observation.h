// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/versioned_table.h"

namespace facet::symptoms {

/// Code systems of what is observed.
inline constexpr const char* symptom_system = "urn:facet:symptom";  // code: catalogue id
inline constexpr const char* measure_system = "urn:facet:measure";  // code: one of the measures below
inline constexpr const char* side_system = "urn:facet:side";
inline constexpr const char* level_system = "urn:facet:spinal-level";
inline constexpr const char* bed_zone_system = "urn:facet:bed-zone";

/// One thing found in a patient:
///   a symptom's severity 0 to 10, by side;
///   `stress` 0 to 10;
///   `segmental-motion` 0 to 6 at a spinal level and side (3 normal, below stiff, above loose), with
///   pain on pressure;
///   `body-weight` in kg, `body-height` in cm;
///   `tension-before`, `tension-after` by bed zone, as a bed reported them (its own scale).
struct Observation {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::optional<std::string> encounter_id;
  std::optional<std::string> procedure_id;
  std::string status = "final";  // FHIR observation-status
  std::string code_system;
  std::string code;
  std::optional<std::string> side;  // left, right, both, midline
  std::optional<std::string> site;  // spinal level or bed zone
  std::optional<std::int64_t> value;
  std::optional<bool> pain_on_pressure;
  std::int64_t effective_ms = 0;
  std::optional<std::string> note;  // free text, sealed
};

}  // namespace facet::symptoms
