// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "base/interval.h"

namespace facet::scheduling {

/// Slots start on the five minutes.
constexpr std::int64_t slot_grid_ms = 5 * base::minute_ms;

/// One thing that a session needs: when it is held already, and for how long the session holds it.
struct Need {
  std::vector<base::Interval> held;
  std::int64_t length_ms = 0;
};

struct SlotSearch {
  base::Interval starts;             // slots start in here
  std::vector<base::Interval> open;  // in order, not touching (open_times)
  std::int64_t session_ms = 0;       // the session lies in one open time; turnover may run past it
  std::vector<Need> needs;
  std::size_t most = 0;
};

/// The first starts, in order, at which everything that the session needs is free.
std::vector<std::int64_t> free_starts(const SlotSearch& search);

}  // namespace facet::scheduling
