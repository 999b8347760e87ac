// SPDX-License-Identifier: MPL-2.0
#include "symptoms/screening_store.h"

#include "knowledge/body_part.h"
#include "symptoms/observation.h"

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

std::optional<Response> newest_response(storage::Act& act, const storage::Records<Response>& records,
                                        const std::string& patient_id,
                                        const std::string& questionnaire) {
  auto found = records.where(
      act,
      "patient_id in (select :patient union all "
      "select source_id from patient_merge where target_id = :same) and "
      "questionnaire = :questionnaire and status in ('completed', 'amended')",
      "order by authored_ms desc, id desc limit 1", patient_id, patient_id, questionnaire);
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<std::string> recorded_symptoms(storage::Act& act, const std::string& patient_id) {
  std::vector<std::string> ids;
  for (auto& [code] : act.tx.query<std::string>(
           "select distinct code from observation x where patient_id in (select :patient union all "
           "select source_id from patient_merge where target_id = :same) and "
           "code_system = :system and code <> :other and status <> 'entered-in-error' and "
           "version = (select max(version) from observation y where y.id = x.id) order by code",
           patient_id, patient_id, symptom_system, knowledge::other_symptom_id))
    ids.push_back(std::move(code));
  return ids;
}

}  // namespace facet::symptoms
