// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/print/composition.h"

namespace facet::handouts {

/// Clinic, logo, title, whom the sheet is for, and whether its words are a draft.
void place_head(Composition& work, const Brand& brand);

}  // namespace facet::handouts
