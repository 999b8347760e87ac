// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "symptoms/observation.h"

namespace facet::symptoms {

std::unique_ptr<storage::Records<Observation>> observation_records();

}  // namespace facet::symptoms
