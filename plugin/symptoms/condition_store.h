// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "symptoms/condition.h"

namespace facet::symptoms {

std::unique_ptr<storage::Records<Condition>> condition_records();

}  // namespace facet::symptoms
