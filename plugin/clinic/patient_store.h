// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/patient.h"

namespace facet::clinic {

std::unique_ptr<storage::Records<Patient>> patient_records();

}  // namespace facet::clinic
