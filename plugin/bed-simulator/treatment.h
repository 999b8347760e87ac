// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "bedlink/messages.h"

namespace facet::bed_simulator {

/// The simulated fingers of one session: presses zone after zone, and measures. Its time is the
/// session's, which a training clock may compress.
class Treatment {
 public:
  Treatment(const std::vector<std::string>& zones, std::int64_t duration_s,
            std::int64_t max_force_n, std::int64_t ramp_n_s, const std::string& seed);

  void advance_ms(std::int64_t ms);
  void reduce(std::int64_t max_force_n);
  /// Fingers go back at once; the press in hand is not counted.
  void retract() {
    press_ms_ = 0;
    force_n_ = 0;
  }

  bool done() const { return elapsed_ms_ >= duration_ms_; }
  std::int64_t elapsed_s() const { return elapsed_ms_ / 1000; }
  std::int64_t duration_s() const { return duration_ms_ / 1000; }
  std::int64_t force_n() const { return force_n_; }
  std::string zone() const;
  std::int64_t peak_force_n() const;
  std::int64_t mean_force_n() const;
  std::vector<bedlink::ZoneResult> zones() const;

 private:
  struct Zone {
    std::string name;
    std::int64_t ms = 0;
    std::int64_t presses = 0;
    std::int64_t peak_n = 0;
    std::int64_t force_sum = 0;
    std::int64_t samples = 0;
    std::int64_t tension = 0;
  };
  std::size_t zone_index() const;
  void step();
  std::int64_t tension_now(const Zone& zone) const;

  std::vector<Zone> zones_;
  std::int64_t duration_ms_;
  std::int64_t max_force_n_;
  std::int64_t ramp_n_s_;
  std::int64_t elapsed_ms_ = 0;
  std::int64_t owed_ms_ = 0;
  std::int64_t press_ms_ = 0;
  std::int64_t force_n_ = 0;
};

}  // namespace facet::bed_simulator
