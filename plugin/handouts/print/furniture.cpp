// SPDX-License-Identifier: MPL-2.0
#include <algorithm>
#include <string>

#include "handouts/pictures/colors.h"
#include "handouts/pictures/drawing.h"
#include "handouts/print/handout_layout.h"

namespace facet::handouts {
namespace {

/// One line at most, cut with an ellipsis.
TextBox one_row(const Composition& work, const std::string& text, double width) {
  auto words = work.type.personal(text, work.look.furniture, std::max(width, 0.0));
  pango_layout_set_ellipsize(words.layout.get(), PANGO_ELLIPSIZE_MIDDLE);
  return words;
}

void draw_row(cairo_t* cairo, const Composition& work, const TextBox& words, double x, double y) {
  const auto& color = words.style.color;
  cairo_set_source_rgb(cairo, color.red, color.green, color.blue);
  auto* line = pango_layout_get_line_readonly(words.layout.get(), 0);
  const auto& shape = work.sheet.shape();
  cairo_move_to(cairo, shape.mirrored ? shape.width - x - row_width(words) : x, y);
  pango_cairo_show_layout_line(cairo, line);
}

/// Something at the left and, as a whole, something at the right.
void draw_ends(cairo_t* cairo, const Composition& work, const std::string& start,
               const std::string& end, double y) {
  const auto& sheet = work.sheet;
  const auto last = one_row(work, end, sheet.width());
  const double end_x = sheet.right() - row_width(last);
  if (!end.empty()) draw_row(cairo, work, last, end_x, y);
  draw_row(cairo, work, one_row(work, start, end_x - 12 - sheet.left()), sheet.left(), y);
}

}  // namespace

void draw_furniture(cairo_t* cairo, const Composition& work, Sides sides, int page, int pages) {
  const auto& model = work.model;
  const auto& sheet = work.sheet;
  const auto count = plain(
      fill(model.page_line, {{"page", std::to_string(page)}, {"pages", std::to_string(pages)}})
          .value());
  const double leading = work.look.furniture.leading;
  const double last = sheet.shape().height - 14;
  const bool turn = sides == Sides::two && page % 2 == 1 && page < pages;
  draw_ends(cairo, work, model.document_line, count, last - leading);
  draw_ends(cairo, work, model.text_version + "  |  " + model.review, turn ? model.turn_over : "",
            last);
  cairo_rectangle(cairo, sheet.left(), last - 2 * leading - 1, sheet.width(), 0.6);
  paint(cairo, colors::line);
  if (page > 1) draw_ends(cairo, work, model.clinic, model.title, sheet.top() - 12);
}

}  // namespace facet::handouts
