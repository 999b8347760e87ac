// SPDX-License-Identifier: MPL-2.0
#include "scheduling/free_slots.h"

#include <algorithm>

namespace facet::scheduling {
namespace {

using base::Interval;

std::int64_t up_to_grid(std::int64_t ms) {
  const auto past = ((ms % slot_grid_ms) + slot_grid_ms) % slot_grid_ms;
  return past == 0 ? ms : ms + slot_grid_ms - past;
}

/// Every start that a hold forbids: what needs `length` and starts in (start - length, end)
/// overlaps [start, end).
std::vector<Interval> forbidden_starts(const std::vector<Need>& needs) {
  std::vector<Interval> forbidden;
  for (const auto& need : needs)
    for (const auto& hold : need.held)
      forbidden.push_back({hold.start_ms - need.length_ms + 1, hold.end_ms});
  std::sort(forbidden.begin(), forbidden.end(),
            [](const auto& a, const auto& b) { return a.start_ms < b.start_ms; });
  return forbidden;
}

}  // namespace

std::vector<std::int64_t> free_starts(const SlotSearch& search) {
  const auto forbidden = forbidden_starts(search.needs);
  auto next = forbidden.begin();
  std::int64_t free_from =
      search.starts.start_ms;  // grows with the holds that begin before `start`
  std::vector<std::int64_t> starts;
  for (const auto& open : search.open) {
    const auto last = std::min(open.end_ms - search.session_ms, search.starts.end_ms - 1);
    auto start = up_to_grid(std::max(open.start_ms, free_from));
    while (start <= last && starts.size() < search.most) {
      for (; next != forbidden.end() && next->start_ms <= start; ++next)
        free_from = std::max(free_from, next->end_ms);
      if (free_from <= start) {
        starts.push_back(start);
        start += slot_grid_ms;
      } else {
        start = up_to_grid(free_from);
      }
    }
  }
  return starts;
}

}  // namespace facet::scheduling
