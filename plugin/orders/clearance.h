// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/versioned_table.h"

namespace facet::orders {

/// A clinician's clearance of one patient for the bed (FHIR ClinicalImpression): who, with which
/// registration, for which zones, how strong, how long, until when.
struct Clearance {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::optional<std::string> encounter_id;
  std::string status = "completed";  // in-progress, completed, entered-in-error
  std::string assessor_id;           // Practitioner; always the principal who records it
  std::string assessor_role;
  std::string regulator;             // copied when it is given
  std::string registration_number;
  std::string registration_expires;  // ISO date
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
  std::string zones;  // comma-separated bed zones
  std::int64_t max_strength = 1;  // 1 to 5
  std::int64_t max_minutes = 1;   // 1 to 60
  std::optional<std::string> summary;  // free text, sealed
};

}  // namespace facet::orders
