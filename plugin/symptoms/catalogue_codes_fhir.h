// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/json.h"
#include "knowledge/body_part.h"

namespace facet::symptoms {

/// CodeSystem urn:facet:symptom, complete, with the free-text "other". Of SNOMED CT the id and
/// name, of ICD-10 the code alone: its titles need a licence.
base::Json symptom_code_system(const knowledge::Catalogue& catalogue);

/// CodeSystem urn:facet:spinal-level, from C0-C1 to L5-S1.
base::Json spinal_level_code_system(const knowledge::Catalogue& catalogue);

/// Parameters of CodeSystem/symptom/$lookup. Errors: not_found, no such code.
base::Result<base::Json> look_up_symptom(const knowledge::Catalogue& catalogue,
                                         const std::string& code);

/// ValueSet of all symptoms, by its definition.
base::Json symptom_value_set(const knowledge::Catalogue& catalogue);

/// What ValueSet/symptom/$expand is asked for.
struct Expansion {
  std::string filter;                           // as knowledge::search_symptoms
  const knowledge::BodyPart* region = nullptr;  // of the body chart; null: everywhere
  std::size_t offset = 0;
  std::optional<std::size_t> count;  // 0: only the total
};

/// The ValueSet with its expansion: the best matches first.
base::Json expand_symptoms(const knowledge::Catalogue& catalogue, const Expansion& asked,
                           std::int64_t now_ms);

}  // namespace facet::symptoms
