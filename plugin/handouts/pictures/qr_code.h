// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string_view>

#include "handouts/print/sheet.h"

namespace facet::handouts {

/// A black QR code with error level M on white, square, in the middle of the box, with its quiet
/// zone. Throws std::length_error if the text does not fit one.
void draw_qr(cairo_t* cairo, const Box& box, std::string_view text);

}  // namespace facet::handouts
