// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/provenance_service.h"
#include "rest/fhir_server.h"

namespace facet::clinic {

base::Json write_provenance(const Provenance& provenance);
void mount_provenance(const ProvenanceService& service, rest::FhirServer& fhir,
                      rest::Router& router);

}  // namespace facet::clinic
