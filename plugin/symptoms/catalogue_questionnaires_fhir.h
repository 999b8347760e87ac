// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/json.h"
#include "knowledge/catalogue.h"
#include "knowledge/measure.h"

namespace facet::symptoms {

/// Questionnaires, as the patient may read them: staff notes are not in them.
///
/// Of an item, extension `urn:facet:answered-by` says who answers it if not the patient (record,
/// clinician); `urn:facet:asked-for` names each symptom that has it asked, where not everybody is;
/// `urn:facet:help` holds a text that explains it.
base::Json screening_questionnaire_json(const knowledge::Catalogue& catalogue);

/// The shorter one of each check-in: the same items.
base::Json recheck_questionnaire_json(const knowledge::Catalogue& catalogue);

/// linkIds are the measure's item ids. An integer or tick is answered with valueInteger or
/// valueBoolean; an activity is a group of `<id>.activity` (valueString) and `<id>.score`
/// (valueInteger). Labels of a scale are display items, each with its value as `urn:facet:value`.
base::Json measure_questionnaire_json(const knowledge::Measure& measure);

/// "urn:facet:questionnaire:nprs"
std::string questionnaire_url(const std::string& id);

}  // namespace facet::symptoms
