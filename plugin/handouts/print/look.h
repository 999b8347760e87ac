// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/brand.h"
#include "handouts/print/print_format.h"
#include "handouts/print/typesetter.h"

namespace facet::handouts {

/// The styles of a handout in one format and one clinic's colour. Lengths are points.
struct Look {
  Look(const PrintFormat& format, const Brand& brand);

  double scale;  // of everything, 1 at 12 pt
  double gap;    // between blocks
  Color brand;
  Style body, strong, quiet, label, caption;
  Style title, subtitle, clinic, heading, idea_heading, number, furniture;
};

}  // namespace facet::handouts
