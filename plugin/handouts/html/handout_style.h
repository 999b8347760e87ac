// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>

#include "handouts/brand.h"
#include "handouts/handout_model.h"

namespace facet::handouts {

/// The style sheet of the page: on paper like the PDF, on a screen as wide as there is room.
std::string style_sheet(const HandoutModel& model, const Brand& brand);

}  // namespace facet::handouts
