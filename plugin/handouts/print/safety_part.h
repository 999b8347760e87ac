// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/print/composition.h"

namespace facet::handouts {

/// When to get help: the urgent box, and below it what can wait for a doctor. No box is cut
/// in two where a page can hold it.
double safety_height(const Composition& work);
void place_safety(Composition& work);

}  // namespace facet::handouts
