// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "knowledge/catalogue.h"
#include "knowledge/measure.h"
#include "rest/router.h"

namespace facet::symptoms {

/// The catalogue and the measures, for anyone logged in; nothing in it is of a patient, so nothing
/// is audited. Parameters that are not named here are refused.
///   GET CodeSystem/symptom, CodeSystem/spinal-level, ValueSet/symptom
///   GET or POST (Parameters) CodeSystem/symptom/$lookup: code
///   GET or POST (Parameters) ValueSet/symptom/$expand: url, filter, offset, count (0 to 1000), and
///     Facet's own `region`, the code of a knowledge::BodyPart ("elbow", "upper_limb").
///   GET Questionnaire?url=&_id=, Questionnaire/{screening, recheck, or a measure's id}
/// Both arguments outlive the router.
void mount_catalogue(const knowledge::Catalogue& catalogue, const knowledge::Measures& measures,
                     rest::Router& router);

}  // namespace facet::symptoms
