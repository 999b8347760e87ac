// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/json.h"

namespace facet::clinic {

/// A visit that is being written: outside the record, its author's alone, changed as they type.
struct Draft {
  std::string encounter_id;
  std::string patient_id;
  std::string body;  // a transaction Bundle as JSON; sealed
  std::int64_t updated_ms = 0;
};

/// A transaction Bundle whose records all belong to one visit.
struct VisitBundle {
  base::Json json;
  std::optional<std::size_t> encounter;  // index of the entry that writes the visit itself
  std::optional<std::string> patient_id;  // whom its records name
};

/// Reads what may become a visit: every record points at it, and at one patient. Whether a record
/// keeps the rules of its type is asked when the visit is signed.
/// Errors: invalid with the place in the Bundle; too_large.
base::Result<VisitBundle> read_visit_bundle(std::string_view text, const std::string& encounter_id);

}  // namespace facet::clinic
