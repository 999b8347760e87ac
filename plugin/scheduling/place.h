// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/places.h"
#include "scheduling/schedule.h"

namespace facet::scheduling {

/// A schedule with what booking needs to know of its bed and site.
struct Place {
  Schedule schedule;
  clinic::Device bed;
  std::string zone;  // IANA
};

/// What one participant of an appointment is held for.
struct Hold {
  std::string type;  // Device, Location, Practitioner, Patient
  std::string resource_id;
  base::Interval time;
};

/// What a session holds, the patient apart. After it the bed is turned over where it stands, so bed
/// and room stay held for that while; the physiotherapist is free, as is the patient.
std::vector<Hold> holds_of(const Place& place, std::int64_t start_ms, std::int64_t minutes);

/// "09:20" on the site's wall clock.
std::string clock_at(const Place& place, std::int64_t ms);

}  // namespace facet::scheduling
