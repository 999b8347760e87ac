// SPDX-License-Identifier: MPL-2.0
#include "clinic/visit_rules.h"

#include <algorithm>

#include "base/uuid.h"
#include "clinic/provenance_store.h"
#include "clinic/visit_store.h"

namespace facet::clinic {
namespace {

using base::Status;
using storage::Act;

/// True if it is this act that signs the visit: the signature is among what the act has written.
bool signs_now(const Act& act, const std::vector<std::string>& signatures) {
  return std::any_of(act.accesses.begin(), act.accesses.end(), [&](const auto& access) {
    return access.action == 'C' && access.type == "Provenance" &&
           std::find(signatures.begin(), signatures.end(), access.id) != signatures.end();
  });
}

}  // namespace

std::optional<Visit> find_visit(Act& act, const std::string& encounter_id) {
  hold_visit(act, encounter_id);
  auto row = act.tx.query_one<std::string, std::string>(
      "select patient_id, status from encounter where id = :id order by version desc limit 1",
      encounter_id);
  if (!row) return {};
  return Visit{std::move(std::get<0>(*row)), std::move(std::get<1>(*row))};
}

Status keep_visit(Act& act, const std::string& encounter_id, const Visit& visit,
                  const Written& written) {
  if (visit.taken_back() && written.change != Change::takes_back)
    return base::invalid(written.type + ".encounter",
                         "This visit was entered in error; its records can only be taken back.");
  const bool closed = visit.is_signed() || visit.taken_back();
  switch (written.change) {
    case Change::creates:
      if (!closed || signs_now(act, signatures_of(act, encounter_id))) return {};
      return leave_reason(act, written, "addendum");
    case Change::amends:
      if (closed) return leave_reason(act, written, "amend");
      break;
    case Change::takes_back:
      if (closed) return leave_reason(act, written, "enter-in-error");
      break;
    case Change::goes_on:
      break;
  }
  if (!act.reason.empty())
    leave_provenance(act, written,
                     written.change == Change::takes_back ? "enter-in-error" : "amend");
  return {};
}

void leave_provenance(Act& act, const Written& written, const std::string& activity) {
  static const auto provenances = provenance_records();
  Provenance provenance;
  provenance.id = base::uuid_v7(act.now_ms);
  provenance.patient_id = written.patient_id;
  provenance.target_type = written.type;
  provenance.target_id = written.id;
  provenance.target_version = written.version;
  provenance.activity = activity;
  if (!act.reason.empty()) provenance.reason = act.reason;
  act.touch('C', "Provenance", provenance.id, {written.patient_id});
  provenances->amend(act, std::move(provenance));
}

Status leave_reason(Act& act, const Written& written, const std::string& activity) {
  if (act.reason.empty())
    return base::invalid("X-Provenance",
                         "This is signed. Say why it is changed: with a reason in the header "
                         "X-Provenance, or in a Provenance entry of the Bundle.");
  leave_provenance(act, written, activity);
  return {};
}

}  // namespace facet::clinic
