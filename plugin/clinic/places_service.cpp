// SPDX-License-Identifier: MPL-2.0
#include "clinic/places_service.h"

#include "base/zone.h"
#include "clinic/places_store.h"

namespace facet::clinic {
namespace {

using base::Status;
using storage::Act;

Status check_location(Act& act, Location& location) {
  if (location.part_of_id.has_value() == location.time_zone.has_value())
    return base::invalid("Location.extension",
                         "A site has a time zone; a room has none and is part of a site.");
  if (location.time_zone && !base::is_zone(*location.time_zone))
    return base::invalid("Location.extension",
                         "The time zone must be an IANA name, like Europe/London.");
  if (location.part_of_id && !location_records()->current(act, *location.part_of_id))
    return base::invalid("Location.partOf", "There is no site with this id.");
  return {};
}

Status check_device(Act& act, Device& device) {
  if (!location_records()->current(act, device.location_id))
    return base::invalid("Device.location", "There is no room with this id.");
  return {};
}

}  // namespace

PlacesService::PlacesService()
    : organizations(organization_records(),
                    {"Organization", Permission::read_clinic, Permission::manage_clinic}),
      locations(location_records(),
                {"Location", Permission::read_clinic, Permission::manage_clinic, check_location}),
      devices(device_records(),
              {"Device", Permission::read_clinic, Permission::manage_clinic, check_device}) {}

base::Result<std::string> PlacesService::time_zone(Act& act, const std::string& location_id) const {
  auto location = locations.records().current(act, location_id);
  if (location && location->part_of_id)
    location = locations.records().current(act, *location->part_of_id);
  if (!location || !location->time_zone)
    return base::fail(base::ErrorCode::not_found, "Location", "There is no site with this id.");
  return *location->time_zone;
}

}  // namespace facet::clinic
