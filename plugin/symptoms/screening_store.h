// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "symptoms/screening.h"

namespace facet::symptoms {

std::unique_ptr<storage::Records<QuestionnaireResponse>> questionnaire_response_records();

/// The newest completed response of a person to a questionnaire. Throws StorageError.
std::optional<QuestionnaireResponse> newest_response(
    storage::Act& act, const storage::Records<QuestionnaireResponse>& records,
    const std::string& patient_id, const std::string& questionnaire);

/// Ids of the catalogue's symptoms recorded for a person and not entered in error, each once. Throws
/// StorageError.
std::vector<std::string> recorded_symptoms(storage::Act& act, const std::string& patient_id);

}  // namespace facet::symptoms
