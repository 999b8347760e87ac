// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/places.h"
#include "clinic/record_service.h"

namespace facet::clinic {

/// Organisations, sites, rooms and beds. Threads: safe.
class PlacesService {
 public:
  PlacesService();

  /// The IANA zone of a room's site, or of a site. Errors: not_found.
  base::Result<std::string> time_zone(storage::Act& act, const std::string& location_id) const;

  RecordService<Organization> organizations;
  RecordService<Location> locations;
  RecordService<Device> devices;
};

}  // namespace facet::clinic
