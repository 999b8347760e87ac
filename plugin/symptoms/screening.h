// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "knowledge/answers.h"
#include "storage/versioned_table.h"

namespace facet::symptoms {

inline constexpr const char* screening_questionnaire = "urn:facet:questionnaire:screening";

/// A patient's answers to the screening questions. Answers asked again are a new response.
struct QuestionnaireResponse {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::optional<std::string> encounter_id;
  std::string questionnaire = screening_questionnaire;
  std::string questionnaire_version;  // of screening.json
  std::string status = "completed";   // FHIR questionnaire-answers-status
  std::int64_t authored_ms = 0;
  std::optional<std::string> answers;  // {"linkId": "yes" | "no" | "unsure"} as JSON, sealed
};

/// The answers as values. Errors: invalid, a link id or an answer that is not known.
base::Result<knowledge::Answers> answers_of(const QuestionnaireResponse& response);

}  // namespace facet::symptoms
