// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/handout_model.h"
#include "handouts/sheet.h"

namespace facet::handouts {

/// Places everything a handout says on A4 pages. The urgent box is always on the first page.
void lay_out(Sheet& sheet, const HandoutModel& model);

/// Foot of each page, and the clinic's name at the head of all but the first.
void draw_furniture(cairo_t* cairo, const HandoutModel& model, int page, int pages);

}  // namespace facet::handouts
