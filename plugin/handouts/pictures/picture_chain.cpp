// SPDX-License-Identifier: MPL-2.0
#include <array>
#include <cmath>

#include "handouts/pictures/colors.h"
#include "handouts/pictures/pictures.h"

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

bool rusted(std::size_t link) {
  return link >= first_rusted;
}

/// Adds every second link that is clean, or that is rusted, as a bar or as the ends of one.
void add_links(cairo_t* cairo, std::size_t first, bool rusty, bool bars) {
  for (std::size_t link = first; link + 1 < pins.size(); link += 2) {
    if (rusted(link) != rusty) continue;
    const auto& from = pins[link];
    const auto& to = pins[link + 1];
    if (bars) {
      cairo_move_to(cairo, from.x, from.y);
      cairo_line_to(cairo, to.x, to.y);
    } else {
      dot(cairo, from.x, from.y);
      dot(cairo, to.x, to.y);
    }
  }
}

/// Plates, waisted between their two ends.
void links(cairo_t* cairo, std::size_t first, double radius, const Color& clean,
           const Color& spoilt) {
  constexpr double edge = 1.2;
  const double waist = radius * 1.3;
  for (const bool rusty : {false, true})
    for (const double rim : {edge, 0.0}) {
      const auto& color = rim > 0 ? (rusty ? rust_edge : steel_edge) : rusty ? spoilt : clean;
      add_links(cairo, first, rusty, true);
      thick_stroke(cairo, color, waist + 2 * rim);
      cairo_new_path(cairo);
      add_links(cairo, first, rusty, false);
      thick_stroke(cairo, color, 2 * (radius + rim));
      cairo_new_path(cairo);
    }
}

/// Lumps that hold the joints of the rusted part fast.
void crust(cairo_t* cairo) {
  constexpr std::array<std::array<double, 3>, 3> lumps{
      {{0.3, 7.0, 2.9}, {2.0, 6.2, 1.2}, {3.9, 7.4, 2.2}}};
  for (const auto& [angle, away, radius] : lumps) {
    for (std::size_t i = first_rusted + 1; i < pins.size(); ++i) {
      const double turn = angle + static_cast<double>(i) * 2.6;
      dot(cairo, pins[i].x + std::cos(turn) * away, pins[i].y + std::sin(turn) * away);
    }
    thick_stroke(cairo, rust_edge, 2 * radius);
    cairo_new_path(cairo);
  }
}

void pin_heads(cairo_t* cairo) {
  for (std::size_t i = 0; i <= first_rusted; ++i) dot(cairo, pins[i].x, pins[i].y);
  thick_stroke(cairo, steel_edge, 6.2);
  thick_stroke(cairo, colors::white, 4.2);
  cairo_new_path(cairo);
  for (std::size_t i = first_rusted + 1; i < pins.size(); ++i) dot(cairo, pins[i].x, pins[i].y);
  thick_stroke(cairo, rust_edge, 4.8);
  cairo_new_path(cairo);
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
  links(cairo, 1, 6.6, steel_inner, rust_inner);
  links(cairo, 0, 7.2, steel, rust);
  crust(cairo);
  pin_heads(cairo);
}

}  // namespace facet::handouts
