// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "beds/procedure_service.h"
#include "rest/fhir_server.h"

namespace facet::beds {

base::Json write_procedure(const Procedure& procedure);
/// Procedure, read and searched by patient and based-on. The service must outlive the server.
void mount_procedures(const ProcedureService& service, rest::FhirServer& fhir);

}  // namespace facet::beds
