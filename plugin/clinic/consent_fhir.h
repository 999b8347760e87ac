// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/consent_service.h"
#include "rest/fhir_server.h"

namespace facet::clinic {

base::Json write_consent(const Consent& consent);
void mount_consents(const ConsentService& service, rest::FhirServer& fhir);

}  // namespace facet::clinic
