// SPDX-License-Identifier: MPL-2.0
#include "symptoms/screening_store.h"

namespace facet::symptoms {

using storage::column;
using storage::sealed_column;
using Response = QuestionnaireResponse;

std::unique_ptr<storage::Records<Response>> questionnaire_response_records() {
  return storage::versioned_table<Response>(
      "questionnaire_response", column("patient_id", &Response::patient_id),
      column("encounter_id", &Response::encounter_id),
      column("questionnaire", &Response::questionnaire),
      column("questionnaire_version", &Response::questionnaire_version),
      column("status", &Response::status), column("authored_ms", &Response::authored_ms),
      sealed_column("answers_sealed", &Response::answers));
}

}  // namespace facet::symptoms
