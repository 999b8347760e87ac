// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/versioned_table.h"

namespace facet::clinic {

/// A course of care; holds visits.
struct EpisodeOfCare {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::string organization_id;
  std::string status = "active";  // FHIR episode-of-care-status
  std::int64_t start_ms = 0;
  std::optional<std::int64_t> end_ms;
  std::optional<std::string> goal;  // free text, sealed
};

/// A visit.
struct Encounter {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::optional<std::string> episode_id;
  std::optional<std::string> site_id;
  std::optional<std::string> practitioner_id;
  std::string status = "in-progress";  // FHIR encounter-status
  std::int64_t start_ms = 0;
  std::optional<std::int64_t> end_ms;
};

}  // namespace facet::clinic
