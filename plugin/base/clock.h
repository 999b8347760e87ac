// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <atomic>
#include <cstdint>

namespace facet::base {

/// Where all of Facet reads the time; tests put a FakeClock in its place. Threads: safe.
class Clock {
 public:
  virtual ~Clock() = default;
  /// UTC, milliseconds since 1970-01-01.
  virtual std::int64_t now_ms() const = 0;
};

class SystemClock final : public Clock {
 public:
  std::int64_t now_ms() const override;
};

class FakeClock final : public Clock {
 public:
  explicit FakeClock(std::int64_t start_ms) : now_ms_(start_ms) {}
  std::int64_t now_ms() const override { return now_ms_; }
  void set_ms(std::int64_t ms) { now_ms_ = ms; }
  void advance_ms(std::int64_t ms) { now_ms_ += ms; }

 private:
  std::atomic<std::int64_t> now_ms_;
};

}  // namespace facet::base
