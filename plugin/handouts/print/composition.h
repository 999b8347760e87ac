// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/handout_model.h"
#include "handouts/print/look.h"
#include "handouts/print/sheet.h"

namespace facet::handouts {

/// What the parts of a handout are set with.
struct Composition {
  Sheet& sheet;
  const HandoutModel& model;
  const Look& look;
  Typesetter& type;

  double scaled(double points) const { return points * look.scale; }
  /// Narrower columns than this are not worth having.
  double least_column() const { return 20 * look.body.size; }
  /// Room for two columns of text.
  bool wide() const { return sheet.width() >= 35 * look.body.size; }
};

/// Width of the first line.
double row_width(const TextBox& words);

void fill_box(Sheet& sheet, const Box& box, double radius, const Color& ground);
void frame_box(Sheet& sheet, const Box& box, const Color& ground, const Color& edge,
               double edge_width);

/// A heading and its paragraphs; the heading never stands alone at the foot of a page.
void place_section(Composition& work, const Section& section);

}  // namespace facet::handouts
