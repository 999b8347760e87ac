// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <vector>

namespace facet::knowledge {

/// One thing wrong with the catalogue's files.
struct Finding {
  std::string where;  // "symptoms.json.symptoms[tennis_elbow].bed"
  std::string what;
};
using Findings = std::vector<Finding>;

}  // namespace facet::knowledge
