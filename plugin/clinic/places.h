// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/versioned_table.h"

namespace facet::clinic {

/// A clinic, or a chain of clinics.
struct Organization {
  std::string id;
  storage::Version version;
  std::string status = "active";  // active, inactive
  std::string name;
  std::optional<std::string> telecom;  // ContactPoint list: whom patients call
};

/// A site, which has a time zone, or a room, which is part of a site.
struct Location {
  std::string id;
  storage::Version version;
  std::string organization_id;
  std::string status = "active";  // active, suspended, inactive
  std::optional<std::string> part_of_id;
  std::string name;
  std::optional<std::string> time_zone;  // IANA
};

/// A treatment bed.
struct Device {
  std::string id;
  storage::Version version;
  std::string organization_id;
  std::string location_id;        // its room
  std::string status = "active";  // active, inactive, entered-in-error
  std::string name;
  std::optional<std::string> manufacturer;
  std::optional<std::string> serial_number;
  std::optional<std::string> model_number;
  std::optional<std::string> firmware_version;
  std::int64_t max_minutes = 60;       // of one session; BackHug publishes 60
  std::int64_t turnover_minutes = 10;  // a 20-minute session holds the bed for 30
};

}  // namespace facet::clinic
