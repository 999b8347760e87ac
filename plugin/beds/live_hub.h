// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace facet::beds {

/// What a clinic's screen shows of one bed.
struct BedView {
  std::string device_id;
  bool online = false;
  std::string state = "idle";
  std::string order_id;
  std::string appointment_id;
  std::string patient_id;
  std::string match_code;  // while it is needed
  std::int64_t elapsed_s = 0;
  std::int64_t duration_s = 0;
  bool operator==(const BedView&) const = default;
};

/// The newest views of all beds and who waits for them. Numbers grow for ever, also over a restart.
/// Threads: safe.
class LiveHub {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  struct Item {
    std::int64_t number = 0;
    BedView view;
  };

  explicit LiveHub(std::int64_t now_ms) : last_(now_ms) {}

  /// What the record says. Ignored if nothing changed.
  void publish(BedView view);
  /// What a running bed told a moment ago, which is not in the record.
  void progress(const std::string& device_id, const std::string& order_id, std::int64_t elapsed_s,
                std::int64_t duration_s);

  /// What came after a number; the newest alone if the number is not one of the last few.
  std::vector<Item> after(const std::string& device_id, std::int64_t number) const;
  /// Waits until there is something after a number: true; false at `until` or once closed.
  bool wait(const std::string& device_id, std::int64_t number, Moment until) const;
  void close();
  bool closed() const;

 private:
  void append(const std::string& device_id, BedView view);

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::map<std::string, std::deque<Item>> beds_;
  std::int64_t last_;
  bool closed_ = false;
};

}  // namespace facet::beds
