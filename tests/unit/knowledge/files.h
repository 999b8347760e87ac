// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>

#include "knowledge_data_files.h"

/// The two files as they are built into the library.
inline std::string symptoms_text() {
  return std::string(
      *facet::base::embedded(facet::knowledge_data::files, "knowledge/symptoms.json"));
}

inline std::string screening_text() {
  return std::string(
      *facet::base::embedded(facet::knowledge_data::files, "knowledge/screening.json"));
}
