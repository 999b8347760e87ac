// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/act.h"

namespace facet::orders {

/// Whether a patient may use the bed, and every reason why not. Reasons are for clinicians; reception
/// hears only that there is no current clearance.
struct GateAnswer {
  bool open = false;
  std::vector<std::string> reasons;
};

inline constexpr const char* no_clearance = "No current clearance.";

/// May this patient be on the bed at that moment, for that order? Anything missing, stale or failing
/// closes the gate. Every answer is stored with its reasons. Threads: safe.
class Gate {
 public:
  virtual ~Gate() = default;
  /// asked_at: "booking" (for the slot's start), "check-in", "signing" or "ready"; at check-in and
  /// ready, today's questions must have been answered.
  /// Errors: those of reading the record; the caller must treat them as closed.
  virtual base::Result<GateAnswer> ask(storage::Act& act, const std::string& patient_id,
                                       const std::string& service_request_id,
                                       const std::string& asked_at, std::int64_t for_ms) const = 0;
};

}  // namespace facet::orders
