// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/fhir_server.h"
#include "symptoms/screening_service.h"

namespace facet::symptoms {

/// As stored, without what is computed.
base::Json write_response(const QuestionnaireResponse& response);

/// QuestionnaireResponses. Those of measures are read with extensions, in points:
///   urn:facet:score, urn:facet:change-from-first, urn:facet:change-from-previous (valueDecimal);
///   urn:facet:exceeds-meaningful-change, of the first, and the same with -from-previous
///     (valueBoolean; absent where no figure is published);
///   urn:facet:licence-notice (valueString), to be shown wherever the items are.
/// Written back, they are not taken. `measures` outlive the server.
void mount_screening(const ScreeningService& service, const knowledge::Measures& measures,
                     rest::FhirServer& fhir);

}  // namespace facet::symptoms
