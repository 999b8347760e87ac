// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/composition.h"

#include "handouts/pictures/drawing.h"

namespace facet::handouts {

double row_width(const TextBox& words) {
  PangoRectangle logical;
  pango_layout_line_get_extents(pango_layout_get_line_readonly(words.layout.get(), 0), nullptr,
                                &logical);
  return pango_units_to_double(logical.width);
}

void fill_box(Sheet& sheet, const Box& box, double radius, const Color& ground) {
  sheet.ornament([=](cairo_t* c) {
    rounded(c, box, radius);
    paint(c, ground);
  });
}

void frame_box(Sheet& sheet, const Box& box, const Color& ground, const Color& edge,
               double edge_width) {
  sheet.ornament([=](cairo_t* c) {
    rounded(c, box, 6);
    paint(c, ground, edge, edge_width);
  });
}

void place_section(Composition& work, const Section& section) {
  auto& sheet = work.sheet;
  if (!section.heading.empty()) {
    const auto head = work.type.fixed(section.heading, work.look.heading, sheet.width());
    sheet.keep(head.height() + 2 * work.look.body.leading);
    sheet.flow("H2", head, sheet.left());
  }
  const double space = work.scaled(3);
  for (const auto& paragraph : section.paragraphs) {
    sheet.flow("P", work.type.fixed(paragraph, work.look.body, sheet.width()), sheet.left());
    sheet.y += space;
  }
  sheet.y += work.look.gap - space;
}

}  // namespace facet::handouts
