// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "orders/order_service.h"
#include "rest/fhir_server.h"

namespace facet::orders {

base::Json write_clearance(const Clearance& clearance);
base::Json write_request(const ServiceRequest& request);
void mount_orders(const OrderService& service, rest::FhirServer& fhir);

}  // namespace facet::orders
