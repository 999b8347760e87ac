// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <qpdf/QPDF.hh>

namespace facet::handouts {

/// Puts the pages of a tagged document two on each side of a sheet, in the order for folding, and
/// fills up to whole sheets with blank pages. The structure keeps its order: that of reading.
/// Throws what libqpdf throws.
void impose_booklet(QPDF& pdf, bool right_to_left);

}  // namespace facet::handouts
