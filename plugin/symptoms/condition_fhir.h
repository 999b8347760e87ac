// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/fhir_server.h"
#include "symptoms/condition_service.h"

namespace facet::symptoms {

base::Json write_condition(const Condition& condition);
void mount_conditions(const ConditionService& service, rest::FhirServer& fhir);

}  // namespace facet::symptoms
