// SPDX-License-Identifier: MPL-2.0
#include "knowledge/symptom_view.h"

namespace facet::knowledge {

SymptomView describe(const Catalogue& catalogue, const Symptom& symptom) {
  const auto& about = catalogue.symptoms_about();
  SymptomView view{.symptom = &symptom,
                   .nerves = {},
                   .joints = {},
                   .bed_joints = {},
                   .secrets = {},
                   .bed_basis_text = about.bed_basis.of(symptom.bed.basis),
                   .bed_reach_text = about.bed_reach.of(symptom.bed.reach),
                   .claim_status_text = about.claim_status.of(symptom.claim_status)};
  for (const auto& id : symptom.nerves) view.nerves.push_back(catalogue.find_nerve(id));
  for (const auto& id : symptom.anatomical_segments)
    view.joints.push_back(catalogue.find_level(id));
  for (const auto& id : symptom.bed.segments) view.bed_joints.push_back(catalogue.find_level(id));
  for (const int id : symptom.secrets) view.secrets.push_back(catalogue.find_secret(id));
  return view;
}

}  // namespace facet::knowledge
