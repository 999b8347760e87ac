// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace facet::handouts {

/// "en_gb" is no tag of BCP 47, "EN-gb" is: it comes back as "en-GB". None if it is malformed.
std::optional<std::string> canonical_tag(std::string_view tag);

/// The one of `codes` that a reader of `tag` (canonical) reads: "ko" for "ko-KR", "en-GB" for "en".
/// Never another script.
std::optional<std::string> best_match(std::string_view tag, const std::vector<std::string>& codes);

/// Whether a language with this canonical tag exists, as far as the fonts' tables know.
bool is_language(std::string_view tag);

/// What English calls a language, or its tag where this does not know.
std::string english_name(std::string_view tag);

}  // namespace facet::handouts
