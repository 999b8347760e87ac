// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "bedlink/messages.h"
#include "storage/versioned_table.h"

namespace facet::beds {

/// What a bed did for one order, from the result that it signed.
struct Procedure {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::string service_request_id;
  std::string appointment_id;
  std::string device_id;
  std::string order_id;
  std::string status;  // completed, stopped, not-done
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
  std::int64_t delivered_s = 0;
  std::int64_t paused_s = 0;
  std::int64_t peak_force_n = 0;
  std::int64_t mean_force_n = 0;
  std::string stop_cause;
  std::string zones;       // zones_text
  bool simulated = false;  // the bed said that it is a simulator
};

/// Without the ids of what it belongs to.
Procedure procedure_of(const bedlink::SessionResult& result);

std::string zones_text(const std::vector<bedlink::ZoneResult>& zones);
/// Empty if the text is not of that form.
std::vector<bedlink::ZoneResult> read_zones(const std::string& text);

/// How much faster than real time a simulated session ran, from what was recorded: treatment
/// seconds to seconds that passed. 1 for a real bed.
double time_scale(const Procedure& procedure);

}  // namespace facet::beds
