// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "symptoms/flag.h"

namespace facet::symptoms {

std::unique_ptr<storage::Records<Flag>> flag_records();

}  // namespace facet::symptoms
