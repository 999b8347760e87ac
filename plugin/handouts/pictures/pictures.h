// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <vector>

#include "handouts/handout_model.h"
#include "handouts/pictures/drawing.h"

namespace facet::handouts {

/// Our own drawings, as vectors; each fills the box.
void draw_pinched_nerve(cairo_t* cairo, const Box& box);
void draw_free_nerve(cairo_t* cairo, const Box& box);

/// A bicycle chain: clean and free at the left, rusted and stiff at the right.
void draw_chain(cairo_t* cairo, const Box& box);

/// The spine from behind with the patient's marks. Numbers are set beforehand, one a symptom.
void draw_spine(cairo_t* cairo, const Box& box, const HandoutModel& model);

/// A part that hurts. `part` is a code of knowledge::body_parts(); `side` is left, right, both,
/// midline or empty.
struct BodyMark {
  std::string part;
  std::string side;
  int number = 0;
};

/// A body from the front (at the viewer's left) and from the back, best about 150 by 193; marked
/// parts are shaded and numbered, up to three numbers at one place.
void draw_body(cairo_t* cairo, const Box& box, const std::vector<BodyMark>& marks);

/// Where draw_body puts the two views, for captions.
struct BodyBoxes {
  Box front, back;
};
BodyBoxes body_boxes(const Box& box);

/// The same two for paper, where all but the patient's marks is stamped.
StampedPicture stamped_spine(const Box& box, const HandoutModel& model);
StampedPicture stamped_body(const Box& box, const std::vector<BodyMark>& marks);

/// The sign of the urgent box.
void draw_warning(cairo_t* cairo, double x, double y, double size, const Color& color);

}  // namespace facet::handouts
