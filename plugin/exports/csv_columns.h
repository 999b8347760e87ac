// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <functional>

#include "base/json.h"

namespace facet::exports {

/// One column of a type's CSV file: its title, and its cell of one FHIR resource.
struct CsvColumn {
  std::string title;
  std::function<base::Json(const base::Json& resource)> cell;
};

/// The columns of a type. One without a list of its own has id, version, last_updated, patient_id and
/// the whole resource as JSON.
std::vector<CsvColumn> csv_columns(const std::string& type);

}  // namespace facet::exports
