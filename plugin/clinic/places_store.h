// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/places.h"

namespace facet::clinic {

std::unique_ptr<storage::Records<Organization>> organization_records();
std::unique_ptr<storage::Records<Location>> location_records();
std::unique_ptr<storage::Records<Device>> device_records();

}  // namespace facet::clinic
