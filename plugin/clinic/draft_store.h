// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/draft.h"
#include "storage/act.h"

namespace facet::clinic {

/// Drafts of the act's principal; nobody has a way to another's. Throws StorageError.
std::optional<Draft> find_draft(storage::Act& act, const std::string& encounter_id);
void put_draft(storage::Act& act, const Draft& draft);
void remove_draft(storage::Act& act, const std::string& encounter_id);
/// Without their bodies, newest first; of one patient, or of all.
std::vector<Draft> list_drafts(storage::Act& act, const std::optional<std::string>& patient_id);

}  // namespace facet::clinic
