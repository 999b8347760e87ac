// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace facet::entry {

/// Checks an exported audit trail with the clinic's audit key, without a clinic; gives the report
/// as JSON. Errors: unavailable if a file cannot be read.
base::Result<std::string> verify_trail_file(const std::filesystem::path& trail,
                                            const std::filesystem::path& key,
                                            const std::vector<std::filesystem::path>& heads);

}  // namespace facet::entry
