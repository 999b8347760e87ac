// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/related_person_service.h"
#include "rest/fhir_server.h"

namespace facet::clinic {

void mount_related_persons(const RelatedPersonService& service, rest::FhirServer& fhir);

}  // namespace facet::clinic
