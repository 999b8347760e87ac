// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <vector>

#include "handouts/pictures/drawing.h"

namespace facet::handouts {

/// A drawing that is the same on every handout, as PDF content, ready and compressed: most of the
/// time of a page would go into writing the numbers of its pictures. Holds no words.
struct Stamp {
  double width = 0, height = 0;
  std::string content;    // deflated
  std::string resources;  // as PDF writes a dictionary
};

/// Throws std::runtime_error if Cairo fails or the drawing needs more than lines and colours.
Stamp make_stamp(double width, double height, const DrawIn& draw);

/// Stands for a stamp until repair_pdf puts it there.
void hold_place(cairo_t* cairo, const Box& box);

}  // namespace facet::handouts
