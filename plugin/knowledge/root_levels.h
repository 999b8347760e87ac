// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "knowledge/terms.h"

namespace facet::knowledge {

/// The motion segments of the spine from the top.
inline constexpr Codes<25> level_ids{
    "C0-C1",   "C1-C2",  "C2-C3", "C3-C4", "C4-C5", "C5-C6", "C6-C7", "C7-T1",  "T1-T2",
    "T2-T3",   "T3-T4",  "T4-T5", "T5-T6", "T6-T7", "T7-T8", "T8-T9", "T9-T10", "T10-T11",
    "T11-T12", "T12-L1", "L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"};

inline std::optional<std::size_t> level_index(std::string_view id) {
  for (std::size_t i = 0; i < level_ids.size(); ++i)
    if (level_ids[i] == id) return i;
  return {};
}

/// Where a root leaves the spine: C1 to C7 above their own vertebra, C8 at C7-T1, the others below
/// theirs, and S1, passing by, at L5-S1. Cranial roots and S2 to Co1 leave at no level.
inline std::optional<std::size_t> root_level(std::string_view root) {
  if (root == "S1") return level_ids.size() - 1;
  for (std::size_t i = 0; i < level_ids.size(); ++i) {
    const auto upper = level_ids[i].substr(0, level_ids[i].find('-'));
    const auto lower = level_ids[i].substr(upper.size() + 1);
    if (root == (lower.front() == 'C' ? lower : level_ids[i] == "C7-T1" ? "C8" : upper)) return i;
  }
  return {};
}

}  // namespace facet::knowledge
