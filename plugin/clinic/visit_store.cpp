// SPDX-License-Identifier: MPL-2.0
#include "clinic/visit_store.h"

namespace facet::clinic {

using storage::column;
using storage::sealed_column;

std::unique_ptr<storage::Records<EpisodeOfCare>> episode_records() {
  return storage::versioned_table<EpisodeOfCare>(
      "episode_of_care", column("patient_id", &EpisodeOfCare::patient_id),
      column("organization_id", &EpisodeOfCare::organization_id),
      column("status", &EpisodeOfCare::status), column("start_ms", &EpisodeOfCare::start_ms),
      column("end_ms", &EpisodeOfCare::end_ms), sealed_column("goal_sealed", &EpisodeOfCare::goal),
      sealed_column("referrer_sealed", &EpisodeOfCare::referrer),
      sealed_column("payer_sealed", &EpisodeOfCare::payer),
      sealed_column("discharge_sealed", &EpisodeOfCare::discharge));
}

std::unique_ptr<storage::Records<Encounter>> encounter_records() {
  return storage::versioned_table<Encounter>(
      "encounter", column("patient_id", &Encounter::patient_id),
      column("episode_id", &Encounter::episode_id), column("site_id", &Encounter::site_id),
      column("practitioner_id", &Encounter::practitioner_id), column("status", &Encounter::status),
      column("start_ms", &Encounter::start_ms), column("end_ms", &Encounter::end_ms));
}

void hold_visit(storage::Act& act, const std::string& encounter_id) {
  if (act.tx.dialect() == storage::Dialect::postgresql)
    act.tx.query_one<std::int64_t>(
        "select version from encounter where id = :id and version = 1 for share", encounter_id);
}

void hold_visit_alone(storage::Act& act, const std::string& encounter_id) {
  if (act.tx.dialect() == storage::Dialect::postgresql)
    act.tx.query_one<std::int64_t>(
        "select version from encounter where id = :id and version = 1 for update", encounter_id);
}

}  // namespace facet::clinic
