// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "scheduling/place.h"
#include "storage/act.h"

namespace facet::scheduling {

/// Takes all holds of an appointment, and gives those that the database refused, each with the time
/// for which somebody else holds it. If any was refused the act must fail.
std::vector<Hold> take_holds(storage::Act& act, const std::string& appointment_id,
                             std::vector<Hold> holds);

void release_holds(storage::Act& act, const std::string& appointment_id);

/// Holds of one resource that overlap a range, in order.
std::vector<base::Interval> holds_in(storage::Act& act, const std::string& resource_id,
                                     const base::Interval& range);

}  // namespace facet::scheduling
