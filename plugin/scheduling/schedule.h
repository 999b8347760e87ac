// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "scheduling/opening.h"
#include "storage/versioned_table.h"

namespace facet::scheduling {

/// A bed, its room and its physiotherapist, bookable together. The three are fixed for its life, so
/// that an appointment's schedule_id says who and what was booked.
struct Schedule {
  std::string id;
  storage::Version version;
  std::string organization_id;  // the bed's
  bool active = true;
  std::string name;
  std::vector<Opening> opening;  // empty: around the clock, every day
  std::string device_id;
  std::string room_id;
  std::string practitioner_id;
};

}  // namespace facet::scheduling
