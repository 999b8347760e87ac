// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string_view>
#include <vector>

#include "knowledge/catalogue.h"

namespace facet::knowledge {

/// A symptom with everything that its ids stand for, to be shown or printed. Pointers last as long
/// as the catalogue, and none is null.
struct SymptomView {
  const Symptom* symptom;
  std::vector<const Nerve*> nerves;        // each with its name and roots
  std::vector<const SpinalLevel*> joints;  // where the symptom's roots leave, from the top
  std::vector<const SpinalLevel*> bed_joints;
  std::vector<const Secret*> secrets;  // `idea` is the heading; what it illustrates, never a cause
  std::string_view bed_basis_text;     // "adjacent" must be shown with it: it is not anatomy
  std::string_view bed_reach_text;
  std::string_view claim_status_text;  // what may be said in public; for staff
};

SymptomView describe(const Catalogue& catalogue, const Symptom& symptom);

}  // namespace facet::knowledge
