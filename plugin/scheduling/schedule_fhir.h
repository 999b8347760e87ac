// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/fhir_server.h"
#include "scheduling/schedule_service.h"

namespace facet::scheduling {

/// Schedule and Slot. The service must outlive the server.
void mount_schedules(const ScheduleService& service, rest::FhirServer& fhir);

}  // namespace facet::scheduling
