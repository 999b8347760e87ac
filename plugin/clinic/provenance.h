// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/versioned_table.h"

namespace facet::clinic {

/// Why one version of a record was written, and by whom. Written by the server, once, in the
/// transaction of that version.
struct Provenance {
  std::string id;
  storage::Version version;  // who, and when
  std::string patient_id;
  std::string target_type;  // FHIR
  std::string target_id;
  std::int64_t target_version = 0;
  std::string activity;  // sign, amend, addendum, enter-in-error, merge, unmerge
  std::optional<std::string> reason;  // free text, sealed
};

}  // namespace facet::clinic
