// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/drawing.h"
#include "handouts/handout_model.h"

namespace facet::handouts {

/// Our own drawings, as vectors; each fills the box.
void draw_pinched_nerve(cairo_t* cairo, const Box& box);
void draw_free_nerve(cairo_t* cairo, const Box& box);

/// A bicycle chain: clean and free at the left, rusted and stiff at the right.
void draw_chain(cairo_t* cairo, const Box& box);

/// The spine from behind with the patient's marks. Numbers are set beforehand, one a symptom.
void draw_spine(cairo_t* cairo, const Box& box, const HandoutModel& model);

/// The sign of the urgent box.
void draw_warning(cairo_t* cairo, double x, double y, double size, const Color& color);

}  // namespace facet::handouts
