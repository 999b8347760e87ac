// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/record_service.h"
#include "symptoms/flag.h"

namespace facet::symptoms {

/// Alerts. Those of screening rules are written by screening_alerts.h alone. Threads: safe.
class FlagService {
 public:
  FlagService();
  clinic::RecordService<Flag> flags;
};

}  // namespace facet::symptoms
