// SPDX-License-Identifier: MPL-2.0
#include "handouts/pictures/drawing.h"

#include <algorithm>
#include <numbers>
#include <string>

#include "handouts/pictures/colors.h"

namespace facet::handouts {
namespace {

constexpr double pi = std::numbers::pi;

}  // namespace

void source(cairo_t* cairo, const Color& color) {
  cairo_set_source_rgb(cairo, color.red, color.green, color.blue);
}

void paint(cairo_t* cairo, const Color& color) {
  source(cairo, color);
  cairo_fill(cairo);
}

void paint(cairo_t* cairo, const Color& fill, const Color& edge, double edge_width) {
  source(cairo, fill);
  cairo_fill_preserve(cairo);
  source(cairo, edge);
  cairo_set_line_width(cairo, edge_width);
  cairo_stroke(cairo);
}

void rounded(cairo_t* cairo, const Box& box, double radius) {
  const double right = box.x + box.width;
  const double bottom = box.y + box.height;
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, right - radius, box.y + radius, radius, -pi / 2, 0);
  cairo_arc(cairo, right - radius, bottom - radius, radius, 0, pi / 2);
  cairo_arc(cairo, box.x + radius, bottom - radius, radius, pi / 2, pi);
  cairo_arc(cairo, box.x + radius, box.y + radius, radius, pi, 3 * pi / 2);
  cairo_close_path(cairo);
}

void circle(cairo_t* cairo, double x, double y, double radius) {
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, x, y, radius, 0, 2 * pi);
  cairo_close_path(cairo);
}

void dot(cairo_t* cairo, double x, double y) {
  cairo_move_to(cairo, x, y);
  cairo_line_to(cairo, x, y);
}

void thick_stroke(cairo_t* cairo, const Color& color, double width) {
  source(cairo, color);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width(cairo, width);
  cairo_stroke_preserve(cairo);
}

void numbered_disc(cairo_t* cairo, int number, double x, double y, double radius) {
  cairo_save(cairo);
  cairo_translate(cairo, x, y);
  cairo_scale(cairo, radius / 7, radius / 7);
  circle(cairo, 0, 0, 7);
  paint(cairo, colors::mark, colors::white, 1.2);
  const Style style{9, 11, true, colors::white, true};
  const auto words = Typesetter::of_this_thread().fixed(std::to_string(number), style, 20);
  source(cairo, colors::white);
  PangoRectangle logical;
  auto* line = pango_layout_get_line_readonly(words.layout.get(), 0);
  pango_layout_line_get_extents(line, nullptr, &logical);
  cairo_move_to(cairo, -pango_units_to_double(logical.width) / 2, 3.2);
  pango_cairo_show_layout_line(cairo, line);
  cairo_restore(cairo);
}

PictureField::PictureField(cairo_t* cairo, const Box& box) : cairo_(cairo) {
  const double scale = std::max(box.width / 120, box.height / 96);
  const double width = box.width / scale;
  const double height = box.height / scale;
  seen_ = {(120 - width) / 2, (96 - height) / 2, width, height};
  cairo_save(cairo);
  cairo_rectangle(cairo, box.x, box.y, box.width, box.height);
  cairo_clip(cairo);
  cairo_translate(cairo, box.x, box.y);
  cairo_scale(cairo, scale, scale);
  cairo_translate(cairo, -seen_.x, -seen_.y);
  frame();
  paint(cairo, colors::mist);
}

PictureField::~PictureField() {
  frame();
  source(cairo_, colors::line);
  cairo_set_line_width(cairo_, 1);
  cairo_stroke(cairo_);
  cairo_restore(cairo_);
}

void PictureField::frame() {
  rounded(cairo_, {seen_.x + 0.5, seen_.y + 0.5, seen_.width - 1, seen_.height - 1}, 6);
}

}  // namespace facet::handouts
