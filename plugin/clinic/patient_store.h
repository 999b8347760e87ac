// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/patient.h"

namespace facet::clinic {

std::unique_ptr<storage::Records<Patient>> patient_records();

/// Replaces the search tokens of a patient's names.
void index_name(storage::Act& act, const Patient& patient);

/// Ids of active and inactive patients whose names have every typed word as a prefix, in id order.
std::vector<std::string> find_by_name(storage::Act& act, std::string_view typed, int limit);

}  // namespace facet::clinic
