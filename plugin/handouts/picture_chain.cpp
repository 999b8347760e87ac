// SPDX-License-Identifier: MPL-2.0
#include <array>
#include <cmath>

#include "handouts/colors.h"
#include "handouts/pictures.h"

namespace facet::handouts {
namespace {

struct Pin {
  double x, y;
};

/// From the left: a curve that moves freely, then kinks that stay as they are.
constexpr std::array<Pin, 11> pins{{{19, -8},
                                    {12, 11},
                                    {13, 31},
                                    {22, 50},
                                    {38, 63},
                                    {58, 69},
                                    {74, 56},
                                    {85, 73},
                                    {104, 66},
                                    {96, 47},
                                    {117, 41}}};
constexpr std::size_t first_rusted = 5;

constexpr Color steel{0.86, 0.89, 0.91};
constexpr Color steel_inner{0.70, 0.75, 0.79};
constexpr Color steel_edge{0.24, 0.31, 0.36};
constexpr Color rust{0.66, 0.36, 0.16};
constexpr Color rust_inner{0.49, 0.25, 0.11};
constexpr Color rust_edge{0.28, 0.12, 0.05};

/// A plate around two pins, waisted between them.
void plate(cairo_t* cairo, const Pin& from, const Pin& to, double radius) {
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  const double waist = radius * 0.66;
  const double middle = length / 2;
  cairo_save(cairo);
  cairo_translate(cairo, from.x, from.y);
  cairo_rotate(cairo, std::atan2(to.y - from.y, to.x - from.x));
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, 0, 0, radius, 0.9, -0.9 + 6.2832);
  cairo_curve_to(cairo, middle * 0.7, -waist, middle * 1.3, -waist, length - radius * 0.62,
                 -radius * 0.78);
  cairo_arc(cairo, length, 0, radius, -2.24, 2.24);
  cairo_curve_to(cairo, middle * 1.3, waist, middle * 0.7, waist, radius * 0.62, radius * 0.78);
  cairo_close_path(cairo);
  cairo_restore(cairo);
}

bool rusted(std::size_t link) {
  return link >= first_rusted;
}

/// The plates of every second link, inner ones below outer ones.
void links(cairo_t* cairo, std::size_t first, double radius, const Color& clean,
           const Color& spoilt) {
  for (std::size_t link = first; link + 1 < pins.size(); link += 2) {
    plate(cairo, pins[link], pins[link + 1], radius);
    paint(cairo, rusted(link) ? spoilt : clean, rusted(link) ? rust_edge : steel_edge, 1.2);
  }
}

/// Lumps that hold the joints of the rusted part fast.
void crust(cairo_t* cairo) {
  constexpr std::array<std::array<double, 3>, 3> lumps{
      {{0.3, 7.0, 2.9}, {2.0, 6.2, 1.2}, {3.9, 7.4, 2.2}}};
  for (std::size_t i = first_rusted + 1; i < pins.size(); ++i)
    for (const auto& [angle, away, radius] : lumps) {
      const double turn = angle + static_cast<double>(i) * 2.6;
      circle(cairo, pins[i].x + std::cos(turn) * away, pins[i].y + std::sin(turn) * away, radius);
    }
  paint(cairo, rust_edge);
}

void pin_heads(cairo_t* cairo) {
  for (std::size_t i = 0; i <= first_rusted; ++i) circle(cairo, pins[i].x, pins[i].y, 2.6);
  paint(cairo, colors::white, steel_edge, 1);
  for (std::size_t i = first_rusted + 1; i < pins.size(); ++i)
    circle(cairo, pins[i].x, pins[i].y, 2.4);
  paint(cairo, rust_edge);
}

void rain(cairo_t* cairo) {
  for (const auto& at : std::array<Pin, 5>{{{60, 14}, {76, 28}, {83, 9}, {98, 19}, {111, 7}}}) {
    cairo_move_to(cairo, at.x, at.y);
    cairo_curve_to(cairo, at.x + 1, at.y + 4, at.x + 3.4, at.y + 6, at.x + 3.4, at.y + 8.4);
    cairo_curve_to(cairo, at.x + 3.4, at.y + 12.8, at.x - 3.4, at.y + 12.8, at.x - 3.4, at.y + 8.4);
    cairo_curve_to(cairo, at.x - 3.4, at.y + 6, at.x - 1, at.y + 4, at.x, at.y);
    cairo_close_path(cairo);
  }
  paint(cairo, colors::disc, colors::disc_edge, 1);
}

}  // namespace

void draw_chain(cairo_t* cairo, const Box& box) {
  const PictureField field(cairo, box);
  rain(cairo);
  links(cairo, 1, 7.2, steel_inner, rust_inner);
  links(cairo, 0, 7.8, steel, rust);
  crust(cairo);
  pin_heads(cairo);
}

}  // namespace facet::handouts
