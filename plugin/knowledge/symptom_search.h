// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string_view>
#include <vector>

#include "knowledge/catalogue.h"

namespace facet::knowledge {

/// Symptoms in which every word of the text begins a word of the plain name, clinical name, SNOMED
/// name, id, ICD-10 code, or a name of its part of the body: "elbow", "lateral epi", "M77.1" and
/// "arm" all find tennis_elbow. Case and apostrophes do not matter. Matches of the plain name come
/// first, then of the other names and the main code, then of an alternative code, then of the part
/// of the body; within each, the order of the catalogue. An empty text finds all.
std::vector<const Symptom*> search_symptoms(const Catalogue& catalogue, std::string_view text);

}  // namespace facet::knowledge
