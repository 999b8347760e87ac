// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>

#include "handouts/brand.h"
#include "handouts/handout_model.h"
#include "handouts/print/print_format.h"

namespace facet::handouts {

/// A tagged PDF. The same model, format and brand give the same bytes within one build and set of
/// fonts. Safe to call from several threads; each keeps its own fonts and finished texts.
base::Result<std::string> render_pdf(const HandoutModel& model, const PrintFormat& format = {},
                                     const Brand& brand = {});

}  // namespace facet::handouts
