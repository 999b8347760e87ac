// SPDX-License-Identifier: MPL-2.0
#include "clinic/places_store.h"

namespace facet::clinic {

using storage::column;

std::unique_ptr<storage::Records<Organization>> organization_records() {
  return storage::versioned_table<Organization>(
      "organization", column("status", &Organization::status), column("name", &Organization::name),
      column("telecom", &Organization::telecom));
}

std::unique_ptr<storage::Records<Location>> location_records() {
  return storage::versioned_table<Location>(
      "location", column("organization_id", &Location::organization_id),
      column("status", &Location::status), column("part_of_id", &Location::part_of_id),
      column("name", &Location::name), column("time_zone", &Location::time_zone));
}

std::unique_ptr<storage::Records<Device>> device_records() {
  return storage::versioned_table<Device>(
      "device", column("organization_id", &Device::organization_id),
      column("location_id", &Device::location_id), column("status", &Device::status),
      column("name", &Device::name), column("manufacturer", &Device::manufacturer),
      column("serial_number", &Device::serial_number),
      column("model_number", &Device::model_number),
      column("firmware_version", &Device::firmware_version),
      column("max_minutes", &Device::max_minutes),
      column("turnover_minutes", &Device::turnover_minutes));
}

}  // namespace facet::clinic
