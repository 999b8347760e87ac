// SPDX-License-Identifier: MPL-2.0
#include "scheduling/appointment_store.h"

namespace facet::scheduling {

std::unique_ptr<storage::Records<Appointment>> appointment_records() {
  using storage::column;
  return storage::versioned_table<Appointment>(
      "appointment", column("patient_id", &Appointment::patient_id),
      column("service_request_id", &Appointment::service_request_id),
      column("schedule_id", &Appointment::schedule_id), column("status", &Appointment::status),
      column("start_ms", &Appointment::start_ms), column("end_ms", &Appointment::end_ms),
      column("local_start", &Appointment::local_start),
      column("time_zone", &Appointment::time_zone),
      storage::sealed_column("reason_sealed", &Appointment::reason));
}

}  // namespace facet::scheduling
