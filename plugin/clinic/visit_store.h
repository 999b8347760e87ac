// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/visit.h"

namespace facet::clinic {

std::unique_ptr<storage::Records<EpisodeOfCare>> episode_records();
std::unique_ptr<storage::Records<Encounter>> encounter_records();

}  // namespace facet::clinic
