// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/patient_service.h"
#include "rest/fhir_server.h"

namespace facet::clinic {

base::Json write_patient(const Patient& patient);
void mount_patients(const PatientService& service, rest::FhirServer& fhir);

}  // namespace facet::clinic
