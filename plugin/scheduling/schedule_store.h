// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "scheduling/schedule.h"

namespace facet::scheduling {

std::unique_ptr<storage::Records<Schedule>> schedule_records();

}  // namespace facet::scheduling
