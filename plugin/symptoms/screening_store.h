// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "symptoms/screening.h"

namespace facet::symptoms {

std::unique_ptr<storage::Records<QuestionnaireResponse>> questionnaire_response_records();

}  // namespace facet::symptoms
