// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/result.h"
#include "handouts/handout_input.h"

namespace facet::handouts {

/// Refuses what a handout cannot say: `invalid`, with the field.
base::Status check_input(const HandoutInput& input);

}  // namespace facet::handouts
