// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/print/composition.h"

namespace facet::handouts {

/// What the sheet does not replace, beside the code that carries its number.
void place_closing(Composition& work);

}  // namespace facet::handouts
