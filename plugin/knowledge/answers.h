// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <functional>
#include <map>
#include <string>

#include "knowledge/terms.h"

namespace facet::knowledge {

/// Answers by linkId: a red flag ("rf_ces_saddle"), one of its items ("rf_ces_saddle.thighs") or a
/// contraindication ("ci_pregnant").
using Answers = std::map<std::string, Answer, std::less<>>;

}  // namespace facet::knowledge
