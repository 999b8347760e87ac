// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/fhir_server.h"
#include "scheduling/booking_service.h"

namespace facet::scheduling {

/// Appointment. The service must outlive the server.
void mount_appointments(const BookingService& service, rest::FhirServer& fhir);

}  // namespace facet::scheduling
