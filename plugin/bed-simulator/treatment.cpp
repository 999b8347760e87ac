// SPDX-License-Identifier: MPL-2.0
#include "bed-simulator/treatment.h"

#include <algorithm>

#include "bedlink/jws.h"

namespace facet::bed_simulator {
namespace {
constexpr std::int64_t step_ms = 100;
constexpr std::int64_t press_length_ms = 4000;  // rise, hold, and the last second back
constexpr std::int64_t press_hold_ms = 3000;
}  // namespace

Treatment::Treatment(const std::vector<std::string>& zones, std::int64_t duration_s,
                     std::int64_t max_force_n, std::int64_t ramp_n_s, const std::string& seed)
    : duration_ms_(duration_s * 1000), max_force_n_(max_force_n), ramp_n_s_(ramp_n_s) {
  for (const auto& name : zones) {
    const auto digest = bedlink::sha256_hex(seed + name);
    zones_.push_back({name, 0, 0, 0, 0, 0, 45 + std::stoi(digest.substr(0, 4), nullptr, 16) % 41});
  }
}

std::size_t Treatment::zone_index() const {
  const auto count = static_cast<std::int64_t>(zones_.size());
  return static_cast<std::size_t>(std::min(elapsed_ms_ * count / duration_ms_, count - 1));
}

std::string Treatment::zone() const {
  return done() ? "" : zones_[zone_index()].name;
}

void Treatment::advance_ms(std::int64_t ms) {
  for (owed_ms_ += ms; owed_ms_ >= step_ms && !done(); owed_ms_ -= step_ms) step();
  if (done()) retract();
}

void Treatment::step() {
  Zone& zone = zones_[zone_index()];
  press_ms_ += step_ms;
  force_n_ = press_ms_ <= press_hold_ms ? std::min(max_force_n_, ramp_n_s_ * press_ms_ / 1000) : 0;
  elapsed_ms_ += step_ms;
  zone.ms += step_ms;
  zone.peak_n = std::max(zone.peak_n, force_n_);
  if (force_n_ > 0) {
    zone.force_sum += force_n_;
    ++zone.samples;
  }
  if (press_ms_ >= press_length_ms) {
    press_ms_ = 0;
    ++zone.presses;
  }
}

void Treatment::reduce(std::int64_t max_force_n) {
  max_force_n_ = std::min(max_force_n_, max_force_n);
  force_n_ = std::min(force_n_, max_force_n_);
}

std::int64_t Treatment::peak_force_n() const {
  std::int64_t peak = 0;
  for (const auto& zone : zones_) peak = std::max(peak, zone.peak_n);
  return peak;
}

std::int64_t Treatment::mean_force_n() const {
  std::int64_t sum = 0;
  std::int64_t samples = 0;
  for (const auto& zone : zones_) {
    sum += zone.force_sum;
    samples += zone.samples;
  }
  return samples ? sum / samples : 0;
}

/// A third of the tension goes in ten minutes on a zone at full force, less sooner.
std::int64_t Treatment::tension_now(const Zone& zone) const {
  const auto share = std::min<std::int64_t>(zone.ms, 600000);
  return zone.tension - zone.tension * share / 600000 / 3;
}

std::vector<bedlink::ZoneResult> Treatment::zones() const {
  std::vector<bedlink::ZoneResult> results;
  for (const auto& zone : zones_)
    results.push_back({zone.name, zone.ms / 1000, zone.presses, zone.peak_n,
                       zone.samples ? zone.force_sum / zone.samples : 0, zone.tension,
                       tension_now(zone)});
  return results;
}

}  // namespace facet::bed_simulator
