// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/versioned_table.h"

namespace facet::orders {

/// What is ordered on the bed. Strength and speed are ordinals from 1 to 5; each device maps them to
/// newtons under limits that only the bed can change.
struct ServiceRequest {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::optional<std::string> encounter_id;
  std::optional<std::string> clearance_id;
  std::string requester_id;       // Practitioner
  std::string status = "active";  // FHIR request-status
  std::string zones;              // comma-separated bed zones
  std::int64_t strength = 1;
  std::int64_t speed = 1;
  std::int64_t minutes = 20;
  std::int64_t authored_ms = 0;
};

/// The zones of a comma-separated list. Errors: invalid, a zone that is not one of the six, or none.
base::Result<std::vector<std::string>> zones_of(const std::string& list, const std::string& field);
std::string join_zones(const std::vector<std::string>& zones);

}  // namespace facet::orders
