// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/places_service.h"
#include "rest/fhir_server.h"

namespace facet::clinic {

void mount_places(const PlacesService& service, rest::FhirServer& fhir);

}  // namespace facet::clinic
