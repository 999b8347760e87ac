// SPDX-License-Identifier: MPL-2.0
#include <array>
#include <cmath>
#include <numbers>

#include "handouts/pictures/colors.h"
#include "handouts/pictures/pictures.h"

namespace facet::handouts {
namespace {

constexpr double pi = std::numbers::pi;

/// The body of a bone of the spine, waisted as seen from the side.
void bone_body(cairo_t* cairo, double left, double top, double right, double bottom) {
  const double waist = 3.5;
  const double middle = (top + bottom) / 2;
  cairo_move_to(cairo, left + 3, top);
  cairo_line_to(cairo, right - 3, top);
  cairo_curve_to(cairo, right + 1, top, right + 1, top + 4, right - waist, middle);
  cairo_curve_to(cairo, right + 1, bottom - 4, right + 1, bottom, right - 3, bottom);
  cairo_line_to(cairo, left + 3, bottom);
  cairo_curve_to(cairo, left - 1, bottom, left - 1, bottom - 4, left + waist, middle);
  cairo_curve_to(cairo, left - 1, top + 4, left - 1, top, left + 3, top);
  cairo_close_path(cairo);
  paint(cairo, colors::bone, colors::bone_edge, 1.1);
}

/// The joint behind the gap: two bony arms with a smooth joint between. `forward` moves the arms
/// into the gap; `seen` is what the field shows, whose round corners they leave free.
void facet_joint(cairo_t* cairo, double forward, const Box& seen) {
  const double x = -forward;
  const double right = seen.x + seen.width;
  const double bottom = seen.y + seen.height;
  constexpr double corner = 6.05;  // its edge lies under the frame
  cairo_move_to(cairo, 122, 30);
  cairo_line_to(cairo, 97 + x, 46);
  cairo_line_to(cairo, 86 + x, 48);
  cairo_line_to(cairo, 88 + x, 56);
  cairo_line_to(cairo, 122, 44);
  cairo_close_path(cairo);
  paint(cairo, colors::disc);
  cairo_move_to(cairo, right + 3, seen.y + 6.5);
  cairo_arc_negative(cairo, right - 6.5, seen.y + 6.5, corner, 0, -pi / 2);
  cairo_line_to(cairo, right - 6.5, seen.y - 3);
  cairo_line_to(cairo, 90 + x, -3);
  cairo_curve_to(cairo, 84 + x, 10, 80 + x, 28, 83 + x, 41);
  cairo_curve_to(cairo, 85 + x, 49, 91 + x, 51, 98 + x, 47);
  cairo_line_to(cairo, right + 3, 31.4);
  cairo_close_path(cairo);
  paint(cairo, colors::bone, colors::bone_edge, 1.1);
  cairo_move_to(cairo, right + 3, 38.4);
  cairo_line_to(cairo, 100 + x, 53);
  cairo_curve_to(cairo, 94 + x, 57, 88 + x, 57, 84 + x, 54);
  cairo_curve_to(cairo, 80 + x, 66, 84, 84, 87, 99);
  cairo_line_to(cairo, right - 6.5, bottom + 3);
  cairo_arc_negative(cairo, right - 6.5, bottom - 6.5, corner, pi / 2, 0);
  cairo_line_to(cairo, right + 3, bottom - 6.5);
  cairo_close_path(cairo);
  paint(cairo, colors::bone, colors::bone_edge, 1.1);
}

struct Point {
  double x, y;
};

/// A nerve as a band along a curve; `pinch` of its width is lost at its tightest place.
void nerve_band(cairo_t* cairo, const std::array<Point, 4>& curve, double width, double pinch) {
  constexpr int steps = 24;
  constexpr double tightest = 0.38;
  std::array<Point, 2 * (steps + 1)> outline{};
  for (int i = 0; i <= steps; ++i) {
    const double t = static_cast<double>(i) / steps;
    const double u = 1 - t;
    const auto at = [&](double Point::*axis) {
      return u * u * u * curve[0].*axis + 3 * u * u * t * curve[1].*axis +
             3 * u * t * t * curve[2].*axis + t * t * t * curve[3].*axis;
    };
    const auto slope = [&](double Point::*axis) {
      return u * u * (curve[1].*axis - curve[0].*axis) +
             2 * u * t * (curve[2].*axis - curve[1].*axis) +
             t * t * (curve[3].*axis - curve[2].*axis);
    };
    const double dx = slope(&Point::x);
    const double dy = slope(&Point::y);
    const double length = std::hypot(dx, dy);
    const double away = (t - tightest) / 0.13;
    const double half = width / 2 * (1 - pinch * std::exp(-away * away));
    const Point middle{at(&Point::x), at(&Point::y)};
    outline[static_cast<std::size_t>(i)] = {middle.x - dy / length * half,
                                            middle.y + dx / length * half};
    outline[outline.size() - 1 - static_cast<std::size_t>(i)] = {middle.x + dy / length * half,
                                                                 middle.y - dx / length * half};
  }
  cairo_move_to(cairo, outline[0].x, outline[0].y);
  for (const auto& point : outline) cairo_line_to(cairo, point.x, point.y);
  cairo_close_path(cairo);
  paint(cairo, colors::nerve, colors::nerve_edge, 1.1);
}

/// The disc between two bodies; `bulge` pushes it back towards the nerve.
void disc_shape(cairo_t* cairo, double top, double bottom, double bulge) {
  cairo_move_to(cairo, 13, top);
  cairo_line_to(cairo, 58, top);
  cairo_curve_to(cairo, 62 + bulge * 1.5, top, 62 + bulge * 1.5, bottom, 58, bottom);
  cairo_line_to(cairo, 13, bottom);
  cairo_curve_to(cairo, 9, bottom, 9, top, 13, top);
  cairo_close_path(cairo);
  paint(cairo, colors::disc, colors::disc_edge, 1.1);
}

/// Short strokes that say "pressure here" from one side.
void pressure(cairo_t* cairo, double x, double y, double angle) {
  cairo_save(cairo);
  cairo_translate(cairo, x, y);
  cairo_rotate(cairo, angle);
  cairo_move_to(cairo, 0, 0);
  cairo_line_to(cairo, -5, -4);
  cairo_line_to(cairo, -5, -1.3);
  cairo_line_to(cairo, -13, -1.3);
  cairo_line_to(cairo, -13, 1.3);
  cairo_line_to(cairo, -5, 1.3);
  cairo_line_to(cairo, -5, 4);
  cairo_close_path(cairo);
  paint(cairo, colors::urgent);
  cairo_restore(cairo);
}

void nerve_scene(cairo_t* cairo, const Box& box, bool pinched) {
  const PictureField field(cairo, box);
  const double gap = pinched ? 12 : 18;
  rounded(cairo, {64, -6, 13, 110}, 4);
  paint(cairo, colors::nerve, colors::nerve_edge, 1.1);
  bone_body(cairo, 10, 6, 60, 48 - gap / 2);
  disc_shape(cairo, 48 - gap / 2, 48 + gap / 2, pinched ? 5 : 1);
  bone_body(cairo, 10, 48 + gap / 2, 60, 90);
  facet_joint(cairo, pinched ? 7 : 0, field.seen());
  nerve_band(cairo, {{{70.5, 12}, {71, 46}, {69, 58}, {34, 104}}}, 11, pinched ? 0.7 : 0);
  cairo_rectangle(cairo, 65, -6, 11, 34);  // where the nerve branches off
  paint(cairo, colors::nerve);
  if (pinched) {
    pressure(cairo, 65, 43, -0.2);
    pressure(cairo, 76, 44, pi + 0.1);
  }
}

}  // namespace

void draw_pinched_nerve(cairo_t* cairo, const Box& box) {
  nerve_scene(cairo, box, true);
}

void draw_free_nerve(cairo_t* cairo, const Box& box) {
  nerve_scene(cairo, box, false);
}

}  // namespace facet::handouts
