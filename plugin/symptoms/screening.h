// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "knowledge/answers.h"
#include "storage/versioned_table.h"

namespace facet::symptoms {

inline constexpr const char* screening_questionnaire = "urn:facet:questionnaire:screening";
inline constexpr const char* recheck_questionnaire = "urn:facet:questionnaire:recheck";

/// A patient's answers to one questionnaire: the screening, the re-check of a visit, or an outcome
/// measure. Answers stay as they were given; asked again, they are a new response.
struct QuestionnaireResponse {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::optional<std::string> encounter_id;
  std::string questionnaire = screening_questionnaire;
  std::string questionnaire_version;  // of screening.json, or of the measure's pack
  std::string status = "completed";   // FHIR questionnaire-answers-status
  std::int64_t authored_ms = 0;
  /// By linkId, as JSON, sealed. Screening: "yes", "no" or "unsure". Measures: a number, true or
  /// false, or words.
  std::optional<std::string> answers;

  bool of_screening() const {
    return questionnaire == screening_questionnaire || questionnaire == recheck_questionnaire;
  }
};

/// The answers to screening as values. Errors: invalid, a link id or an answer that is not known.
base::Result<knowledge::Answers> answers_of(const QuestionnaireResponse& response);

}  // namespace facet::symptoms
