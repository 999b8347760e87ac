// SPDX-License-Identifier: MPL-2.0
#include "base/clock.h"

#include <chrono>

namespace facet::base {

std::int64_t SystemClock::now_ms() const {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace facet::base
