// SPDX-License-Identifier: MPL-2.0
#include "beds/procedure_store.h"

namespace facet::beds {

using storage::column;

std::unique_ptr<storage::Records<Procedure>> procedure_records() {
  return storage::versioned_table<Procedure>(
      "procedure", column("patient_id", &Procedure::patient_id),
      column("service_request_id", &Procedure::service_request_id),
      column("appointment_id", &Procedure::appointment_id),
      column("device_id", &Procedure::device_id), column("order_id", &Procedure::order_id),
      column("status", &Procedure::status), column("start_ms", &Procedure::start_ms),
      column("end_ms", &Procedure::end_ms), column("delivered_s", &Procedure::delivered_s),
      column("paused_s", &Procedure::paused_s), column("peak_force_n", &Procedure::peak_force_n),
      column("mean_force_n", &Procedure::mean_force_n),
      column("stop_cause", &Procedure::stop_cause), column("zones", &Procedure::zones),
      column("simulated", &Procedure::simulated));
}

}  // namespace facet::beds
