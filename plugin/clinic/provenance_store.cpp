// SPDX-License-Identifier: MPL-2.0
#include "clinic/provenance_store.h"

namespace facet::clinic {

using storage::column;
using storage::sealed_column;

std::unique_ptr<storage::Records<Provenance>> provenance_records() {
  return storage::versioned_table<Provenance>(
      "provenance", column("patient_id", &Provenance::patient_id),
      column("target_type", &Provenance::target_type), column("target_id", &Provenance::target_id),
      column("target_version", &Provenance::target_version),
      column("activity", &Provenance::activity),
      sealed_column("reason_sealed", &Provenance::reason));
}

std::vector<std::string> signatures_of(storage::Act& act, const std::string& encounter_id) {
  std::vector<std::string> ids;
  for (auto& [id] : act.tx.query<std::string>(
           "select id from provenance where target_id = :visit and target_type = 'Encounter' and "
           "activity = 'sign'",
           encounter_id))
    ids.push_back(std::move(id));
  return ids;
}

}  // namespace facet::clinic
