// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string_view>

#include "base/result.h"

namespace facet::handouts {

/// Refuses an SVG that does, fetches or repeats anything: it may only draw. Errors: invalid, with
/// what to take out of it.
base::Status check_svg(std::string_view bytes);

}  // namespace facet::handouts
