// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <memory>
#include <optional>

#include "handouts/print/typesetter.h"

namespace facet::handouts {

class Logo;

/// A clinic's own look: what it has not, is ours.
struct Brand {
  std::optional<Color> color;  // for headings and rules; readable on white and on colors::mist
  std::shared_ptr<const Logo> logo;
};

}  // namespace facet::handouts
