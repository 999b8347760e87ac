// SPDX-License-Identifier: MPL-2.0
#include "orders/order_store.h"

namespace facet::orders {

using storage::column;
using storage::sealed_column;

std::unique_ptr<storage::Records<Clearance>> clearance_records() {
  return storage::versioned_table<Clearance>(
      "clinical_impression", column("patient_id", &Clearance::patient_id),
      column("encounter_id", &Clearance::encounter_id), column("status", &Clearance::status),
      column("assessor_id", &Clearance::assessor_id),
      column("assessor_role", &Clearance::assessor_role),
      column("regulator", &Clearance::regulator),
      column("registration_number", &Clearance::registration_number),
      column("registration_expires", &Clearance::registration_expires),
      column("start_ms", &Clearance::start_ms), column("end_ms", &Clearance::end_ms),
      column("zones", &Clearance::zones), column("max_strength", &Clearance::max_strength),
      column("max_minutes", &Clearance::max_minutes),
      sealed_column("summary_sealed", &Clearance::summary));
}

std::unique_ptr<storage::Records<ServiceRequest>> service_request_records() {
  return storage::versioned_table<ServiceRequest>(
      "service_request", column("patient_id", &ServiceRequest::patient_id),
      column("encounter_id", &ServiceRequest::encounter_id),
      column("clearance_id", &ServiceRequest::clearance_id),
      column("requester_id", &ServiceRequest::requester_id),
      column("status", &ServiceRequest::status), column("zones", &ServiceRequest::zones),
      column("strength", &ServiceRequest::strength), column("speed", &ServiceRequest::speed),
      column("minutes", &ServiceRequest::minutes),
      column("authored_ms", &ServiceRequest::authored_ms));
}

}  // namespace facet::orders
