// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "scheduling/appointment.h"

namespace facet::scheduling {

std::unique_ptr<storage::Records<Appointment>> appointment_records();

}  // namespace facet::scheduling
