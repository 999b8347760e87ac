// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace facet::scheduling {

/// The targets ("Device/x") in a FHIR list of References; nothing if it is not one.
std::optional<std::vector<std::string>> references_in(const base::Json& list);

/// The ids of exactly one target of each type, in the order of the types; nothing if the targets
/// are others.
std::optional<std::vector<std::string>> one_of_each(
    const std::optional<std::vector<std::string>>& targets, const std::vector<std::string>& types);

}  // namespace facet::scheduling
