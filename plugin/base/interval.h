// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>

namespace facet::base {

constexpr std::int64_t second_ms = 1000;
constexpr std::int64_t minute_ms = 60 * second_ms;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;

/// A half-open span of UTC time, [start_ms, end_ms): what ends at noon does not touch what starts
/// at noon.
struct Interval {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;

  constexpr bool valid() const { return start_ms < end_ms; }
  constexpr std::int64_t length_ms() const { return end_ms - start_ms; }
  constexpr bool contains(std::int64_t ms) const { return start_ms <= ms && ms < end_ms; }
  constexpr bool overlaps(const Interval& other) const {
    return start_ms < other.end_ms && other.start_ms < end_ms;
  }
  constexpr bool operator==(const Interval&) const = default;
};

}  // namespace facet::base
