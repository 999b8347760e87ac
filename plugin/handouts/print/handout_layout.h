// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/print/composition.h"

namespace facet::handouts {

/// Places everything a handout says on its pages. The urgent box is always on the first page.
void lay_out(Composition& work, const Brand& brand);

/// Foot of each page, and the clinic's name at the head of all but the first.
void draw_furniture(cairo_t* cairo, const Composition& work, Sides sides, int page, int pages);

}  // namespace facet::handouts
