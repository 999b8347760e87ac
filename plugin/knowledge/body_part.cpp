// SPDX-License-Identifier: MPL-2.0
#include "knowledge/body_part.h"

#include <algorithm>

namespace facet::knowledge {

bool BodyPart::holds(const Symptom& symptom) const {
  return symptom.region == region &&
         (sites.empty() ||
          std::find(sites.begin(), sites.end(), symptom.body_site.text) != sites.end());
}

const std::vector<BodyPart>& body_parts() {
  static const std::vector<BodyPart> parts{
      {"head", "Head", Region::head, {}, "face"},
      {"jaw", "Jaw", Region::head, {"Jaw region"}, "face"},
      {"neck", "Neck", Region::neck, {}, ""},
      {"upper_limb", "Arm", Region::upper_limb, {}, "upper limb"},
      {"shoulder", "Shoulder", Region::upper_limb, {"Shoulder region"}, ""},
      {"elbow", "Elbow", Region::upper_limb, {"Elbow region"}, "forearm"},
      {"wrist", "Wrist", Region::upper_limb, {"Wrist region"}, ""},
      {"hand", "Hand", Region::upper_limb, {"Hand", "Wrist region"}, "fingers thumb"},
      {"trunk", "Back and chest", Region::trunk, {}, "trunk"},
      {"upper_back", "Upper and middle back", Region::trunk, {"Thoracic spine", "Spine"}, ""},
      {"chest", "Chest", Region::trunk, {"Chest"}, "ribs"},
      {"low_back", "Low back", Region::trunk, {"Lumbar spine", "Spine"}, "lower lumbar"},
      {"pelvis", "Pelvis", Region::pelvis, {}, ""},
      {"sacroiliac", "Base of the back", Region::pelvis, {"Sacroiliac joint"}, ""},
      {"buttock", "Buttock", Region::pelvis, {"Buttock"}, "bottom seat"},
      {"tailbone", "Tailbone", Region::pelvis, {"Coccyx"}, "coccyx"},
      {"lower_limb", "Leg", Region::lower_limb, {}, "lower limb"},
      {"hip", "Hip", Region::lower_limb, {"Hip region"}, ""},
      {"groin", "Groin", Region::lower_limb, {"Inguinal region"}, ""},
      {"thigh", "Thigh", Region::lower_limb, {"Thigh"}, ""},
      {"knee", "Knee", Region::lower_limb, {"Knee region"}, ""},
      {"lower_leg", "Lower leg", Region::lower_limb, {"Lower leg (knee to ankle)"}, "calf shin"},
      {"ankle", "Ankle", Region::lower_limb, {"Ankle region", "Foot"}, ""},
      {"foot", "Foot", Region::lower_limb, {"Foot"}, "toes sole heel"},
      {"general", "Whole body", Region::general, {}, "everywhere"}};
  return parts;
}

const BodyPart* find_body_part(std::string_view code) {
  for (const auto& part : body_parts())
    if (part.code == code) return &part;
  return nullptr;
}

std::vector<const Symptom*> symptoms_in(const Catalogue& catalogue, const BodyPart& part) {
  std::vector<const Symptom*> found;
  for (const auto& symptom : catalogue.symptoms())
    if (part.holds(symptom)) found.push_back(&symptom);
  return found;
}

}  // namespace facet::knowledge
