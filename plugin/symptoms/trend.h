// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "symptoms/observation_service.h"

namespace facet::symptoms {

struct TrendPoint {
  std::int64_t at_ms = 0;
  std::int64_t value = 0;
  std::optional<bool> pain_on_pressure;  // of stiffness
};

/// One thing that was found again and again: a symptom of one side, stress, the motion of one
/// spinal segment and side, the tension of one bed zone.
struct Trend {
  std::string code_system;
  std::string code;
  std::optional<std::string> side;
  std::optional<std::string> site;
  std::vector<TrendPoint> points;  // oldest first; never empty
  std::string latest_id;           // the Observation of the last point

  const TrendPoint& latest() const { return points.back(); }
  /// Latest minus the point before it; nothing if there is one point.
  std::optional<std::int64_t> change() const;
};

/// Everything with a value that was found in a patient, and in records merged into theirs; what was
/// entered in error is left out. In the order of code, side and site. Free-text
/// symptoms ("other") are one trend each. Not authorised, not audited: for services that are.
std::vector<Trend> trends(storage::Act& act, const std::string& patient_id);

}  // namespace facet::symptoms
