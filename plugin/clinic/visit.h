// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/versioned_table.h"

namespace facet::clinic {

/// How a course of care ended.
struct Discharge {
  std::string date;     // FHIR date with its precision
  std::string summary;  // free text
};

/// A course of care; holds visits.
struct EpisodeOfCare {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::string organization_id;
  std::string status = "active";  // FHIR episode-of-care-status
  std::int64_t start_ms = 0;
  std::optional<std::int64_t> end_ms;
  std::optional<std::string> referrer;   // free text, sealed, as all of these
  std::optional<std::string> payer;
  std::optional<std::string> goal;
  std::optional<std::string> discharge;  // discharge_text()

  /// Takes no more visits.
  bool closed() const {
    return status == "finished" || status == "cancelled" || status == "entered-in-error";
  }
};

/// A Discharge as it is kept, and back.
std::string discharge_text(const Discharge& discharge);
Discharge discharge_of(const std::string& text);

/// A visit. With the status `finished` it is signed.
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
