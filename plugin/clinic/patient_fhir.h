// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/patient_service.h"
#include "rest/fhir_server.h"

namespace facet::clinic {

void mount_patients(const PatientService& service, storage::Acts& acts, rest::FhirServer& fhir,
                    rest::Router& router);

}  // namespace facet::clinic
