// SPDX-License-Identifier: MPL-2.0
#include "clinic/draft_service.h"

#include <algorithm>
#include <set>

#include "clinic/draft_store.h"
#include "clinic/visit_fhir.h"

namespace facet::clinic {
namespace {

using base::ErrorCode;
using base::Json;
using base::Result;
using base::Status;
using storage::Act;

/// In the audit trail a draft is a part of its visit.
Status authorise_draft(Act& act, char action, const std::string& encounter_id,
                       std::vector<std::string> patients) {
  return authorise(act, Permission::write_clinical, action, "Encounter", encounter_id + "/$draft",
                   std::move(patients));
}

std::vector<std::string> patient_of(const std::optional<Draft>& draft) {
  if (!draft) return {};
  return {draft->patient_id};
}

tl::unexpected<base::Error> no_draft() {
  return base::fail(ErrorCode::not_found, "Encounter", "You have no draft of this visit.");
}

/// PUT of the visit as it is in the record.
Json entry_of(const Encounter& encounter) {
  return {{"resource", write_encounter(encounter)},
          {"request",
           {{"method", "PUT"},
            {"url", "Encounter/" + encounter.id},
            {"ifMatch", "W/\"" + std::to_string(encounter.version.number) + "\""}}}};
}

}  // namespace

Result<Draft> DraftService::save(Act& act, const std::string& encounter_id, std::string_view bundle,
                                 std::optional<std::int64_t> if_match) const {
  const auto before = find_draft(act, encounter_id);
  if (auto ok = authorise_draft(act, before ? 'U' : 'C', encounter_id, patient_of(before)); !ok)
    return base::pass(ok);
  const auto visit = read_visit_bundle(bundle, encounter_id);
  if (!visit) return tl::unexpected<base::Error>(visit.error());
  const auto known = find_visit(act, encounter_id);
  if (!known && !visit->encounter)
    return base::invalid("Bundle.entry", "There is no such visit yet: the draft must write it.");
  const auto patient = known ? known->patient_id : visit->patient_id.value_or("");
  if (patient.empty() || visit->patient_id.value_or(patient) != patient ||
      !patient_exists(act, patient))
    return base::invalid("Bundle.entry", "A draft needs the patient of its visit.");
  if (if_match && (!before || before->updated_ms != *if_match))
    return base::fail(ErrorCode::conflict, "If-Match",
                      "This draft was changed meanwhile; read it again.");
  act.accesses.back().patient_ids = {patient};
  Draft draft{encounter_id, patient, std::string(bundle),
              std::max(act.now_ms, before ? before->updated_ms + 1 : 0)};
  put_draft(act, draft);
  return draft;
}

Result<Draft> DraftService::find(Act& act, const std::string& encounter_id) const {
  auto draft = find_draft(act, encounter_id);
  if (auto ok = authorise_draft(act, 'R', encounter_id, patient_of(draft)); !ok)
    return base::pass(ok);
  if (!draft) return no_draft();
  return std::move(*draft);
}

Status DraftService::remove(Act& act, const std::string& encounter_id) const {
  const auto draft = find_draft(act, encounter_id);
  if (auto ok = authorise_draft(act, 'D', encounter_id, patient_of(draft)); !ok) return ok;
  if (!draft) return no_draft();
  remove_draft(act, encounter_id);
  return {};
}

Result<std::vector<Draft>> DraftService::list(Act& act,
                                              const std::optional<std::string>& patient_id) const {
  if (!may(act.who, Permission::write_clinical))
    return base::pass(authorise(act, Permission::write_clinical, 'R', "Encounter", "$drafts", {}));
  auto drafts = list_drafts(act, patient_id);
  std::set<std::string> patients;
  for (const auto& draft : drafts) patients.insert(draft.patient_id);
  act.touch('R', "Encounter", "$drafts", {patients.begin(), patients.end()});
  return drafts;
}

Result<Json> DraftService::to_sign(Act& act, const std::string& encounter_id) const {
  const auto draft = find(act, encounter_id);
  if (!draft) return tl::unexpected<base::Error>(draft.error());
  auto visit = read_visit_bundle(draft->body, encounter_id);
  if (!visit) return base::pass(visit);
  auto& entries = visit->json["entry"];
  if (!visit->encounter) {
    const auto encounter = encounters_.records().current(act, encounter_id);
    if (!encounter) return base::invalid("Bundle.entry", "There is no visit to sign.");
    visit->encounter = entries.size();  // last, so that errors name the entries of the draft
    entries.push_back(entry_of(*encounter));
  }
  entries[*visit->encounter]["resource"]["status"] = "finished";
  return std::move(visit->json);
}

}  // namespace facet::clinic
