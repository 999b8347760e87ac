// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/json.h"
#include "base/time_text.h"
#include "storage/versioned_table.h"

namespace facet::clinic {

/// A patient. Identity and contact are FHIR JSON texts, sealed at rest; after erasure they are empty.
struct Patient {
  std::string id;
  storage::Version version;
  std::string patient_id;  // the same as id: names the data key
  std::string organization_id;
  bool active = true;
  std::optional<std::string> names;        // HumanName list
  std::optional<std::string> birth_date;   // FHIR date with its precision
  std::optional<std::string> telecom;      // ContactPoint list
  std::optional<std::string> address;      // Address list
  std::optional<std::string> identifiers;  // Identifier list
  std::optional<std::string> gender;       // FHIR administrative-gender
  std::optional<std::int64_t> deceased_ms;
};

/// "Given Family" for people; empty after erasure.
std::string display_name(const Patient& patient);

/// Whole years on the day of a moment (UTC day); nothing if the birth date is not known.
std::optional<int> age_at(const Patient& patient, std::int64_t at_ms);

}  // namespace facet::clinic
