// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <array>
#include <string_view>
#include <vector>

namespace facet::handouts {

/// A grown person, standing, as seen from the front and from the back. Every path is SVG path data
/// (absolute M, L, C, Z) of the half at the viewer's right; x is 0 in the middle, and the other
/// half is its mirror. x goes from -40 to 40, y from -6 (above the head) to 200.
inline constexpr double body_half_width = 40;
inline constexpr double body_top = -6;
inline constexpr double body_bottom = 200;

enum class BodyView { front, back };

/// From the top of the head to where the legs meet.
extern const std::string_view body_outline;

/// Lines that tell the front from the back; drawn on both halves.
std::string_view body_lines(BodyView view);

struct BodySpot {
  double x, y;
};

/// Where one part of knowledge::body_parts() is seen. Paths may reach beyond the outline, which
/// clips them.
struct BodyShape {
  std::string_view part;
  BodyView view;
  std::string_view path;
  bool numbered;    // or only shaded, since the number stands in the other view
  bool central;     // has a middle; else it is there twice, left and right
  BodySpot spot;    // of a number at one side
  BodySpot middle;  // of a number for both sides, if central
};

const std::vector<BodyShape>& body_shapes();

}  // namespace facet::handouts
