// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/json.h"
#include "base/time_text.h"
#include "storage/versioned_table.h"

namespace facet::clinic {

/// One entry of Patient.link.
struct PatientLink {
  std::string other_id;
  std::string type;  // replaced-by, replaces
  bool operator==(const PatientLink&) const = default;
};

/// A patient. Identity and contact are FHIR JSON texts, sealed at rest; after erasure they are
/// empty.
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
  std::optional<bool> deceased;                     // where no date of death is known
  std::optional<std::string> general_practitioner;  // FHIR list of display and identifier
  std::optional<std::string> communication;         // FHIR list of languages
  std::optional<bool> interpreter;                  // one is needed
  std::optional<std::string> accessible_format;     // comma-separated, e.g. "large-print,bsl"
  std::optional<std::string> contact_preference;    // comma-separated, best first, e.g. "sms,phone"
  std::optional<std::string> replaced_by_id;        // merged into this patient; merging sets it
  /// As a client sent it, to be checked against what merging made; not stored.
  std::optional<std::vector<PatientLink>> links;
};

/// True with or without a date of death. Nobody books for the deceased or reminds them.
bool is_deceased(const Patient& patient);

/// "Given Family" for people; empty after erasure.
std::string display_name(const Patient& patient);

/// Whole years on the day of a moment (UTC day); nothing if the birth date is not known.
std::optional<int> age_at(const Patient& patient, std::int64_t at_ms);

}  // namespace facet::clinic
