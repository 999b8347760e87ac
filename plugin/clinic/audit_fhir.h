// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/audit_service.h"
#include "rest/fhir_server.h"

namespace facet::clinic {

/// FHIR R4 AuditEvent. Its extensions say where the event stands in its chain, so that an exported
/// trail can be put in order again.
base::Json write_audit_event(const AuditEvent& event);
void mount_audit(const AuditService& service, rest::FhirServer& fhir);

}  // namespace facet::clinic
