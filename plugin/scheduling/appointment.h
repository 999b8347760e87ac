// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string>

#include "storage/versioned_table.h"

namespace facet::scheduling {

/// A booked session. Until it has ended, one way or another, its participants are held (hold_store.h).
struct Appointment {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::string service_request_id;
  std::string schedule_id;
  std::string status = "booked";  // booked, arrived, checked-in, cancelled, fulfilled, noshow
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;            // of the session, without turnover
  std::string local_start;            // wall clock at the site, YYYY-MM-DDTHH:MM
  std::string time_zone;              // IANA
  std::optional<std::string> reason;  // a remark, e.g. why it was cancelled

  // The schedule's, whose they are for its life; not stored again.
  std::string device_id;
  std::string room_id;
  std::string practitioner_id;

  /// True while it may still take place.
  bool live() const { return status == "booked" || status == "arrived" || status == "checked-in"; }
};

}  // namespace facet::scheduling
