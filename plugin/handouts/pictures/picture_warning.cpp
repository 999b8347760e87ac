// SPDX-License-Identifier: MPL-2.0
#include "handouts/pictures/colors.h"
#include "handouts/pictures/pictures.h"

namespace facet::handouts {

void draw_warning(cairo_t* cairo, double x, double y, double size, const Color& color) {
  cairo_save(cairo);
  cairo_translate(cairo, x, y);
  cairo_scale(cairo, size, size);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to(cairo, 0.5, 0.1);
  cairo_line_to(cairo, 0.95, 0.9);
  cairo_line_to(cairo, 0.05, 0.9);
  cairo_close_path(cairo);
  paint(cairo, color, color, 0.12);
  rounded(cairo, {0.445, 0.36, 0.11, 0.28}, 0.05);
  paint(cairo, colors::white);
  circle(cairo, 0.5, 0.77, 0.07);
  paint(cairo, colors::white);
  cairo_restore(cairo);
}

}  // namespace facet::handouts
