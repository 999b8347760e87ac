// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string_view>

namespace facet::handouts {

/// The 25 places where two bones of the spine meet, from the skull (0) down to L5-S1 (24).
inline constexpr std::string_view level_names[] = {
    "C0-C1",   "C1-C2",  "C2-C3", "C3-C4", "C4-C5", "C5-C6", "C6-C7", "C7-T1",  "T1-T2",
    "T2-T3",   "T3-T4",  "T4-T5", "T5-T6", "T6-T7", "T7-T8", "T8-T9", "T9-T10", "T10-T11",
    "T11-T12", "T12-L1", "L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"};
inline constexpr int level_count = 25;
inline constexpr int last_neck_level = 7;   // C7-T1
inline constexpr int last_back_level = 19;  // T12-L1

inline std::optional<int> level_of(std::string_view name) {
  for (int level = 0; level < level_count; ++level)
    if (level_names[level] == name) return level;
  return {};
}

}  // namespace facet::handouts
