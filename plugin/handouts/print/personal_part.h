// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/print/composition.h"

namespace facet::handouts {

/// The patient's own symptoms and findings beside the spine and the body.
double personal_height(const Composition& work);
void place_personal(Composition& work);

}  // namespace facet::handouts
