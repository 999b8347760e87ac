// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstddef>
#include <string>
#include <utility>

#include "handouts/texts/text_pack.h"

namespace facet::handouts {

constexpr std::size_t longest_text = 64 * 1024;

/// Reads what a handout can print; anything else (links, pictures, HTML, nesting) is refused with
/// file and line.
base::Result<TextFile> read_commonmark(const std::string& name, const std::string& text);

/// Splits "`key`: words" into key and words.
base::Result<std::pair<std::string, Template>> split_key(const Template& item);

/// A refusal that names file and line.
tl::unexpected<base::Error> text_error(const std::string& file, int line, std::string what);

}  // namespace facet::handouts
