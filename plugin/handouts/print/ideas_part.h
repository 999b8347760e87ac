// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/print/composition.h"

namespace facet::handouts {

/// The four ideas: what the author says, what research says and what it means for the reader, the
/// first three with a picture beside their words.
void place_ideas(Composition& work);

}  // namespace facet::handouts
