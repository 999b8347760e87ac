// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/versioned_table.h"

namespace facet::symptoms {

/// An alert on a patient. One with a rule_id is Facet's: it is active while the answers to screening
/// set that rule off. Others are written by staff.
struct Flag {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::optional<std::string> encounter_id;
  std::string status = "active";    // active, inactive, entered-in-error
  std::string category = "safety";  // safety, clinical, admin, contact
  std::optional<std::string> rule_id;
  std::int64_t start_ms = 0;
  std::optional<std::int64_t> end_ms;
  std::optional<std::string> text;  // of staff; sealed
};

}  // namespace facet::symptoms
