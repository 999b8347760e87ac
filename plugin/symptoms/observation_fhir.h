// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/fhir_server.h"
#include "symptoms/observation_service.h"

namespace facet::symptoms {

base::Json write_observation(const Observation& observation);
void mount_observations(const ObservationService& service, rest::FhirServer& fhir);

}  // namespace facet::symptoms
