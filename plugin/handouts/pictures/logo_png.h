// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cairo.h>

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/result.h"

namespace facet::handouts {

/// Refuses what is no whole PNG, or has more than 4000 pixels a side. Errors: invalid.
base::Status check_png(std::string_view bytes);

/// What its header says; nothing is decoded, so little memory is taken. Errors: as check_png.
base::Result<std::size_t> count_pixels(std::string_view bytes);

/// Its pixels, fewer if it has more than print can show.
base::Result<std::shared_ptr<cairo_surface_t>> decode_png(std::string_view bytes);

}  // namespace facet::handouts
