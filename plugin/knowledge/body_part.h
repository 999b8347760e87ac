// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "knowledge/catalogue.h"

namespace facet::knowledge {

/// The symptom that is none of the catalogue: it is recorded with a Region and the patient's words,
/// and has no nerves, joints or bed range.
inline constexpr std::string_view other_symptom_id = "other";

/// A part of the body that a chart or a search can name: a whole Region, or the body sites in it.
struct BodyPart {
  std::string_view code;  // "elbow"; of a whole region, the region's own code
  std::string_view name;
  Region region;
  std::vector<std::string_view> sites;  // texts of BodySite; none: the whole region
  std::string_view lay_words;           // more words that people use for it

  bool holds(const Symptom& symptom) const;
};

/// From head to foot; the regions among them.
const std::vector<BodyPart>& body_parts();

/// Null if there is no such part.
const BodyPart* find_body_part(std::string_view code);

/// Symptoms at a part of the body, in the order of the catalogue.
std::vector<const Symptom*> symptoms_in(const Catalogue& catalogue, const BodyPart& part);

}  // namespace facet::knowledge
