// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "orders/clearance.h"
#include "orders/order.h"

namespace facet::orders {

std::unique_ptr<storage::Records<Clearance>> clearance_records();
std::unique_ptr<storage::Records<ServiceRequest>> service_request_records();

}  // namespace facet::orders
