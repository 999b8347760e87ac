// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/print/composition.h"

namespace facet::handouts {

/// Bed sessions and visits to come, as a table with header cells, and who to call.
double plan_height(const Composition& work);
void place_plan(Composition& work);

}  // namespace facet::handouts
