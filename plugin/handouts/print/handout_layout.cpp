// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/handout_layout.h"

#include <algorithm>
#include <string>

#include "handouts/print/closing_part.h"
#include "handouts/print/head_part.h"
#include "handouts/print/ideas_part.h"
#include "handouts/print/personal_part.h"
#include "handouts/print/plan_part.h"
#include "handouts/print/safety_part.h"

namespace facet::handouts {

void lay_out(Composition& work, const Brand& brand) {
  const auto& model = work.model;
  place_head(work, brand);
  place_section(work, model.about);
  const bool own_first =
      model.personal() &&
      personal_height(work) + work.look.gap + safety_height(work) <= work.sheet.room();
  if (own_first) place_personal(work);
  place_safety(work);
  if (model.personal() && !own_first) place_personal(work);
  place_plan(work);
  place_section(work, model.bed);
  place_ideas(work);
  place_section(work, model.choices);
  place_closing(work);
}

}  // namespace facet::handouts
