// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/print/sheet.h"

/// What several pictures are made of.
namespace facet::handouts {

void source(cairo_t* cairo, const Color& color);

/// These fill, or fill and then edge, the path that was made before.
void paint(cairo_t* cairo, const Color& color);
void paint(cairo_t* cairo, const Color& fill, const Color& edge, double edge_width);

void rounded(cairo_t* cairo, const Box& box, double radius);
void circle(cairo_t* cairo, double x, double y, double radius);

/// Adds a point to the path, to be stroked with round caps: a disc in four numbers, where a circle
/// takes thirty, and most of the time of a PDF goes into printing numbers.
void dot(cairo_t* cairo, double x, double y);
/// Strokes with round caps and joins, and keeps the path.
void thick_stroke(cairo_t* cairo, const Color& color, double width);

/// Below this radius, in points, a number on a disc is too small to read.
inline constexpr double least_disc_radius = 6;

/// The mark of a symptom: its number on a disc.
void numbered_disc(cairo_t* cairo, int number, double x, double y, double radius);

/// A tinted field with a frame for as long as this lives: 120 by 96, less at two sides where the
/// box has another shape. Only a rectangle clips, since a PDF repeats a rounder clip for everything
/// that is drawn in it: leave the corners free.
class PictureField {
 public:
  PictureField(cairo_t* cairo, const Box& box);
  ~PictureField();
  PictureField(const PictureField&) = delete;
  PictureField& operator=(const PictureField&) = delete;

  /// The part of the field that the box shows.
  const Box& seen() const { return seen_; }

 private:
  void frame();

  cairo_t* cairo_;
  Box seen_;
};

}  // namespace facet::handouts
