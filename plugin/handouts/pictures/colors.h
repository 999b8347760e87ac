// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/print/typesetter.h"

/// Every pair used for words has a contrast of at least 4.5:1 on its ground (tests/unit/handouts).
namespace facet::handouts::colors {

inline constexpr Color ink{0.11, 0.16, 0.20};
inline constexpr Color quiet{0.27, 0.33, 0.37};
inline constexpr Color brand{0.04, 0.31, 0.36};
inline constexpr Color white{1, 1, 1};
inline constexpr Color mist{0.925, 0.957, 0.957};
inline constexpr Color line{0.72, 0.80, 0.81};
inline constexpr Color urgent{0.61, 0.11, 0.11};
inline constexpr Color urgent_ground{0.992, 0.937, 0.929};
inline constexpr Color caution{0.50, 0.31, 0.0};
inline constexpr Color caution_ground{1.0, 0.969, 0.894};
inline constexpr Color mark{0.72, 0.27, 0.05};
inline constexpr Color bone{0.965, 0.925, 0.855};
inline constexpr Color bone_edge{0.55, 0.47, 0.37};
inline constexpr Color disc{0.66, 0.80, 0.84};
inline constexpr Color disc_edge{0.30, 0.49, 0.55};
inline constexpr Color nerve{0.95, 0.76, 0.25};
inline constexpr Color nerve_edge{0.58, 0.41, 0.05};

}  // namespace facet::handouts::colors
