// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "bedlink/messages.h"
#include "bedlink/order.h"
#include "orders/order.h"
#include "scheduling/appointment.h"

namespace facet::beds {

constexpr std::int64_t check_in_lead_ms = 9 * 60 * 1000;  // BackHug's published nine minutes

/// What the ordinals of an order mean in newtons.
struct Dosage {
  std::int64_t max_force_n = 0;
  std::int64_t ramp_n_s = 0;
};
/// By Facet's own default table, lowered to the bed's limits. No manufacturer gave these figures.
Dosage dosage(std::int64_t strength, std::int64_t speed, const bedlink::Limits& limits);

/// What is ordered of the bed, without order_id, counter, patient_ref, match code and epoch.
/// Errors: invalid, zones that no bed has, or the slot is over.
base::Result<bedlink::Order> draft_order(const orders::ServiceRequest& request,
                                         const scheduling::Appointment& appointment,
                                         const bedlink::Limits& limits, std::int64_t now_ms);

}  // namespace facet::beds
