// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>

#include "handouts/brand.h"
#include "handouts/handout_model.h"

namespace facet::handouts {

/// The handout as one page of HTML that needs nothing else: words and pictures of the PDF, for the
/// screen and, printed from a browser, much like the PDF. No script. Safe from any thread.
base::Result<std::string> render_html(const HandoutModel& model, const Brand& brand);

}  // namespace facet::handouts
