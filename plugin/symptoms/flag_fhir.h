// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/fhir_server.h"
#include "symptoms/flag_service.h"

namespace facet::symptoms {

/// Flag {status, category: urn:facet:flag, code, subject, encounter, period}. Staff write code.text;
/// Facet writes code.coding urn:facet:screening-rule with words that a patient may read.
void mount_flags(const FlagService& service, rest::FhirServer& fhir);

}  // namespace facet::symptoms
