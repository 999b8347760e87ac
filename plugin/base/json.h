// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace facet::base {

/// Keeps the order of keys, so that what Facet writes reads as FHIR documents are written.
using Json = nlohmann::ordered_json;

struct JsonLimits {
  std::size_t max_bytes = 1 << 20;
  int max_depth = 32;
};

/// Reads one JSON document from a hostile source: refuses what is too large or too deep, a
/// duplicate key, a number that is not finite, invalid UTF-8, and anything after the document.
/// Errors: too_large; invalid with the byte at which it stopped.
Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

}  // namespace facet::base
