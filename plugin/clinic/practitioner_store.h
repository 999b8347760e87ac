// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/practitioner.h"

namespace facet::clinic {

std::unique_ptr<storage::Records<Practitioner>> practitioner_records();

}  // namespace facet::clinic
