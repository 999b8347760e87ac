// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/practitioner.h"

namespace facet::clinic {

std::unique_ptr<storage::Records<Practitioner>> practitioner_records();
std::unique_ptr<storage::Records<PractitionerRole>> practitioner_role_records();

}  // namespace facet::clinic
