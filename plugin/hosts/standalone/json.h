// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <nlohmann/json.hpp>

namespace facet::hosts {

using Json = nlohmann::ordered_json;

}  // namespace facet::hosts
