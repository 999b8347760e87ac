// SPDX-License-Identifier: MPL-2.0
#include "scheduling/hold_store.h"

#include <algorithm>

namespace facet::scheduling {
namespace {

/// No hold is longer (schema: booking_hold); it bounds every look-up from below.
constexpr std::int64_t longest_hold_ms = base::day_ms;

}  // namespace

std::vector<Hold> take_holds(storage::Act& act, const std::string& appointment_id,
                             std::vector<Hold> holds) {
  // One order for everybody: on PostgreSQL, conflicting inserts in different orders deadlock.
  std::sort(holds.begin(), holds.end(),
            [](const auto& a, const auto& b) { return a.resource_id < b.resource_id; });
  std::vector<Hold> refused;
  for (const auto& hold : holds) {
    const auto rows = act.tx.execute(
        "insert into booking_hold (resource_id, start_ms, end_ms, appointment_id, resource_type) "
        "values (:resource, :start, :end, :appointment, :type) on conflict do nothing",
        hold.resource_id, hold.time.start_ms, hold.time.end_ms, appointment_id, hold.type);
    if (rows == 1) continue;
    const auto others = holds_in(act, hold.resource_id, hold.time);
    refused.push_back({hold.type, hold.resource_id, others.empty() ? hold.time : others.front()});
  }
  return refused;
}

void release_holds(storage::Act& act, const std::string& appointment_id) {
  act.tx.execute("delete from booking_hold where appointment_id = :appointment", appointment_id);
}

std::vector<base::Interval> holds_in(storage::Act& act, const std::string& resource_id,
                                     const base::Interval& range) {
  std::vector<base::Interval> holds;
  for (const auto& [start_ms, end_ms] : act.tx.query<std::int64_t, std::int64_t>(
           "select start_ms, end_ms from booking_hold where resource_id = :resource "
           "and start_ms > :longest and start_ms < :until and end_ms > :from order by start_ms",
           resource_id, range.start_ms - longest_hold_ms, range.end_ms, range.start_ms))
    holds.push_back({start_ms, end_ms});
  return holds;
}

}  // namespace facet::scheduling
