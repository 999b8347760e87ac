// SPDX-License-Identifier: MPL-2.0
#pragma once

namespace facet::handouts {

enum class Paper { a4, letter };

/// Body text of 12 pt, or of 18 pt for large print.
enum class TextSize { standard, large };

/// How the printer is told to print; two sides turn on the long edge.
enum class Sides { one, two };

/// A booklet has pages of half the paper (A5 on A4), two on each side of a sheet, in the order for
/// folding; it is of standard size and two-sided.
struct PrintFormat {
  Paper paper = Paper::a4;
  TextSize text_size = TextSize::standard;
  Sides sides = Sides::two;
  bool booklet = false;
  bool operator==(const PrintFormat&) const = default;
};

}  // namespace facet::handouts
