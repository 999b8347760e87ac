// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/practitioner_service.h"
#include "clinic/record_service.h"
#include "orders/clearance.h"
#include "orders/order.h"

namespace facet::orders {

/// Clearances and orders. A clearance is given by the clinician who is logged in, and copies their
/// registration, which must hold. Threads: safe.
class OrderService {
 public:
  explicit OrderService(const clinic::PractitionerService& practitioners);

  clinic::RecordService<Clearance> clearances;
  clinic::RecordService<ServiceRequest> requests;
};

}  // namespace facet::orders
