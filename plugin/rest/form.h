// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/result.h"
#include "rest/message.h"

namespace facet::rest {

/// Reads application/x-www-form-urlencoded. Errors: invalid, a broken escape; too_large,
/// beyond 64 KiB or 100 pairs.
base::Result<Pairs> parse_form(std::string_view text);

/// Writes it.
std::string form_text(const Pairs& pairs);

}  // namespace facet::rest
