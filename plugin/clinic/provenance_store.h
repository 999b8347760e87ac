// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/provenance.h"

namespace facet::clinic {

std::unique_ptr<storage::Records<Provenance>> provenance_records();

/// Throws StorageError. The Provenances that signed a visit; there is one, or none.
std::vector<std::string> signatures_of(storage::Act& act, const std::string& encounter_id);

}  // namespace facet::clinic
