// SPDX-License-Identifier: MPL-2.0
#include "clinic/draft_store.h"

namespace facet::clinic {
namespace {

using storage::Act;

constexpr const char* place = "encounter_draft.body_sealed";

}  // namespace

std::optional<Draft> find_draft(Act& act, const std::string& encounter_id) {
  auto row = act.tx.query_one<std::string, std::string, std::int64_t>(
      "select patient_id, body_sealed, updated_ms from encounter_draft where encounter_id = :visit "
      "and author_id = :author",
      encounter_id, act.who.user_id);
  if (!row) return {};
  auto& [patient_id, sealed, updated_ms] = *row;
  auto body = act.cipher(patient_id).unseal(sealed, place);
  if (!body) return {};  // the patient was erased
  return Draft{encounter_id, patient_id, std::move(*body), updated_ms};
}

void put_draft(Act& act, const Draft& draft) {
  const auto sealed = act.cipher(draft.patient_id).seal(draft.body, place);
  act.tx.execute(
      "insert into encounter_draft (encounter_id, author_id, patient_id, body_sealed, updated_ms) "
      "values (:visit, :author, :patient, :body, :updated) on conflict (encounter_id, author_id) "
      "do "
      "update set patient_id = excluded.patient_id, body_sealed = excluded.body_sealed, "
      "updated_ms = excluded.updated_ms",
      draft.encounter_id, act.who.user_id, draft.patient_id, sealed, draft.updated_ms);
}

void remove_draft(Act& act, const std::string& encounter_id) {
  act.tx.execute("delete from encounter_draft where encounter_id = :visit and author_id = :author",
                 encounter_id, act.who.user_id);
}

std::vector<Draft> list_drafts(Act& act, const std::optional<std::string>& patient_id) {
  std::vector<Draft> drafts;
  for (auto& [encounter, patient, updated_ms] :
       act.tx.query<std::string, std::string, std::int64_t>(
           "select encounter_id, patient_id, updated_ms from encounter_draft where author_id = "
           ":author and (:any = 1 or patient_id = :patient) order by updated_ms desc, encounter_id "
           "limit 200",
           act.who.user_id, std::int64_t{patient_id ? 0 : 1}, patient_id.value_or("")))
    drafts.push_back({std::move(encounter), std::move(patient), "", updated_ms});
  return drafts;
}

}  // namespace facet::clinic
