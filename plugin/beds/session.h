// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bedlink/order.h"

namespace facet::beds {

/// A signed order and where it stands, as the bed last told.
struct Session {
  std::string order_id;
  std::string device_id;
  std::string appointment_id;
  std::int64_t appointment_version = 0;
  std::string service_request_id;
  std::string patient_id;
  std::int64_t counter = 0;
  std::string jws;
  std::string match_code_sealed;
  std::int64_t not_before_ms = 0;
  std::int64_t not_after_ms = 0;
  std::string state;   // see bed_session in the schema
  std::string reason;  // error code or cause; empty if none
  std::int64_t elapsed_s = 0;
  std::int64_t changed_ms = 0;
};

/// The patient is at the bed: ready, running or paused.
bool is_active(std::string_view state);
/// The bed may still start or is running it.
bool is_live(std::string_view state);

/// The state that an event of the bed's journal leads to; nothing if it changes none. What has
/// ended stays as it ended. The end itself is not here: its signed result says the state.
std::optional<std::string> state_after(std::string_view state, std::string_view event_type);

/// Which of a bed's sessions its screen shows: who lies on it; else what ended a moment ago; else
/// who comes next; else what ended last.
const Session* shown_session(const std::vector<Session>& sessions, std::int64_t now_ms);

/// The order within a signed order that is our own; its signature is not checked again.
std::optional<bedlink::Order> order_in(std::string_view jws);

}  // namespace facet::beds
