// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <filesystem>

#include "knowledge/measure.h"

namespace facet::entry {

/// The built-in outcome measures and those that a clinic has laid in a folder as *.json; without the
/// folder, the built-in ones. Errors: invalid, one sentence with the file and what is wrong.
base::Result<knowledge::Measures> load_clinic_measures(const std::filesystem::path& folder);

}  // namespace facet::entry
