// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/practitioner_service.h"
#include "rest/fhir_server.h"

namespace facet::clinic {

void mount_practitioners(const PractitionerService& service, rest::FhirServer& fhir);

}  // namespace facet::clinic
