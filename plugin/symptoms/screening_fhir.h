// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/fhir_server.h"
#include "symptoms/screening_service.h"

namespace facet::symptoms {

base::Json write_response(const QuestionnaireResponse& response);
void mount_screening(const ScreeningService& service, rest::FhirServer& fhir);

}  // namespace facet::symptoms
