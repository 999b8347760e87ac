// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>

#include "handouts/handout_model.h"

namespace facet::handouts {

/// A tagged A4 PDF. The same model gives the same bytes within one build and set of fonts. Safe to
/// call from several threads; each keeps its own fonts and finished texts.
base::Result<std::string> render_pdf(const HandoutModel& model);

}  // namespace facet::handouts
