// SPDX-License-Identifier: MPL-2.0
#include "scheduling/schedule_store.h"

namespace facet::scheduling {
namespace {

/// Opening hours as text.
struct OpeningColumn {
  using Type = std::string;
  const char* name = "opening";
  std::vector<Opening> Schedule::*member = &Schedule::opening;

  storage::Value write(const Schedule& schedule, const storage::PatientCipher*) const {
    return opening_text(schedule.opening);
  }
  void read(Schedule& schedule, const std::string& text, const storage::PatientCipher*) const {
    auto opening = parse_opening(text);
    if (!opening)
      throw storage::StorageError(base::ErrorCode::internal, "schedule.opening cannot be read");
    schedule.opening = std::move(*opening);
  }
};

}  // namespace

std::unique_ptr<storage::Records<Schedule>> schedule_records() {
  using storage::column;
  return storage::versioned_table<Schedule>(
      "schedule", column("organization_id", &Schedule::organization_id),
      column("active", &Schedule::active), column("name", &Schedule::name), OpeningColumn{},
      column("device_id", &Schedule::device_id), column("room_id", &Schedule::room_id),
      column("practitioner_id", &Schedule::practitioner_id));
}

}  // namespace facet::scheduling
