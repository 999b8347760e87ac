// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/visit.h"

namespace facet::clinic {

std::unique_ptr<storage::Records<EpisodeOfCare>> episode_records();
std::unique_ptr<storage::Records<Encounter>> encounter_records();

/// Holds a visit until the act ends: nobody else signs it meanwhile. SQLite has one writer; on
/// PostgreSQL a record could slip into a visit that another session is signing. Throws StorageError.
void hold_visit(storage::Act& act, const std::string& encounter_id);
/// The same to sign it: nobody else writes a record of it.
void hold_visit_alone(storage::Act& act, const std::string& encounter_id);

}  // namespace facet::clinic
