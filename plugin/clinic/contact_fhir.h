// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/reader.h"

namespace facet::clinic {

/// ContactPoint list, at most 10: system, value, use, rank. Gives its JSON text.
std::optional<std::string> read_telecom(rest::Reader& reader);
/// Address list, at most 5, each with a text, lines, a city or a post code. Gives its JSON text.
std::optional<std::string> read_address(rest::Reader& reader);
/// Identifier list, at most 10: system, value, use; numbers with a check digit are checked, and
/// kept without spaces. Gives its JSON text.
std::optional<std::string> read_identifiers(rest::Reader& reader);

}  // namespace facet::clinic
