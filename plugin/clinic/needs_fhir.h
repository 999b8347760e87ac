// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/patient.h"
#include "rest/reader.h"

namespace facet::clinic {

/// How a patient is spoken to, written to and reached, and who their GP is.
void read_needs(rest::Reader& reader, Patient& patient);
void write_needs(const Patient& patient, base::Json& body);

/// True for a well-formed language tag of BCP 47: language, script, region, variants.
bool is_language(std::string_view tag);

}  // namespace facet::clinic
