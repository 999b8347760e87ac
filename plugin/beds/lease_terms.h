// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/interval.h"

namespace facet::beds::lease_terms {

/// A gateway that died keeps its beds for this long from another gateway.
constexpr std::int64_t length_ms = 15 * base::second_ms;
constexpr std::int64_t renew_every_ms = 5 * base::second_ms;

}  // namespace facet::beds::lease_terms
