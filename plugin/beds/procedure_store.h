// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "beds/procedure.h"

namespace facet::beds {

std::unique_ptr<storage::Records<Procedure>> procedure_records();

}  // namespace facet::beds
