// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/json.h"
#include "knowledge/catalogue_data.h"
#include "knowledge/finding.h"
#include "knowledge/measure.h"

namespace facet::knowledge {

/// Each reads one file and adds what is wrong with its shape: keys, types, closed lists, source
/// tags. The value is only fit for use if nothing was added.
SymptomsData read_symptoms(const base::Json& document, Findings& findings);
ScreeningData read_screening(const base::Json& document, Findings& findings);
/// `name` of the file, for findings.
Measure read_measure(const base::Json& document, const std::string& name, Findings& findings);

}  // namespace facet::knowledge
