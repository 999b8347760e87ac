// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/versioned_table.h"

namespace facet::clinic {

/// Somebody who matters to one patient. Identity and contact are FHIR JSON texts, sealed under the
/// patient's key.
struct RelatedPerson {
  std::string id;
  storage::Version version;
  std::string patient_id;
  bool active = true;
  std::string relationship;  // guardian, proxy, next-of-kin, emergency-contact, carer, other
  std::optional<std::string> names;    // HumanName list; empty after erasure
  std::optional<std::string> telecom;  // ContactPoint list
  std::optional<std::string> address;  // Address list
  std::optional<std::int64_t> start_ms, end_ms;
};

/// True if the person decides for the patient at a moment: a guardian or proxy, then.
bool decides_at(const RelatedPerson& person, std::int64_t at_ms);

}  // namespace facet::clinic
