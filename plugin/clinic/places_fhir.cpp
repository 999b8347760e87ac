// SPDX-License-Identifier: MPL-2.0
#include "clinic/places_fhir.h"

#include "clinic/contact_fhir.h"
#include "clinic/parts.h"

namespace facet::clinic {
namespace {

using base::Json;
using base::Result;
using rest::Reader;

/// FHIR R4 standard extension for a location's zone.
constexpr const char* zone_url = "http://hl7.org/fhir/StructureDefinition/timezone";
constexpr const char* max_minutes_url = "urn:facet:max-minutes";
constexpr const char* turnover_url = "urn:facet:turnover-minutes";

Result<Organization> read_organization(const Json& body) {
  Reader r(body, "Organization");
  Organization organization;
  organization.status = r.boolean("active", true) ? "active" : "inactive";
  organization.name = r.text("name", 200);
  organization.telecom = read_telecom(r);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return organization;
}

Json write_organization(const Organization& o) {
  Json body = rest::resource("Organization", o.id, o.version.number, o.version.recorded_ms);
  body["active"] = o.status == "active";
  body["name"] = o.name;
  if (o.telecom) body["telecom"] = Json::parse(*o.telecom);
  return body;
}

Result<Location> read_location(const Json& body) {
  Reader r(body, "Location");
  Location location;
  location.status = r.code("status", {"active", "suspended", "inactive"});
  location.name = r.text("name", 200);
  location.organization_id = r.reference("managingOrganization", "Organization");
  location.part_of_id = r.optional_reference("partOf", "Location");
  location.time_zone = r.extension_text(zone_url);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return location;
}

Json write_location(const Location& l) {
  Json body = rest::resource("Location", l.id, l.version.number, l.version.recorded_ms);
  if (l.time_zone)
    body["extension"] = Json::array({{{"url", zone_url}, {"valueCode", *l.time_zone}}});
  body["status"] = l.status;
  body["name"] = l.name;
  body["managingOrganization"] = rest::reference("Organization", l.organization_id);
  if (l.part_of_id) body["partOf"] = rest::reference("Location", *l.part_of_id);
  return body;
}

/// The name that people call a bed by, and the version of its firmware.
void read_device_lists(Reader& r, Device& device) {
  static const Parts name{{"name", short_text(100), true},
                          {"type", one_of({"user-friendly-name"})}};
  static const Parts version{{"value", short_text(100), true}};
  const auto names = read_list(r, "deviceName", name, 1);
  if (names.is_null()) r.refuse("deviceName", "A bed needs one deviceName of at most 100 bytes.");
  if (!names.is_null()) device.name = names[0]["name"].get<std::string>();
  const auto versions = read_list(r, "version", version, 1);
  if (!versions.is_null()) device.firmware_version = versions[0]["value"].get<std::string>();
}

Result<Device> read_device(const Json& body) {
  Reader r(body, "Device");
  Device device;
  device.status = r.code("status", {"active", "inactive", "entered-in-error"});
  device.organization_id = r.reference("owner", "Organization");
  device.location_id = r.reference("location", "Location");
  device.manufacturer = r.optional_text("manufacturer", 200);
  device.serial_number = r.optional_text("serialNumber", 100);
  device.model_number = r.optional_text("modelNumber", 100);
  read_device_lists(r, device);
  device.max_minutes = r.extension_integer(max_minutes_url, 1, 60, device.max_minutes);
  device.turnover_minutes = r.extension_integer(turnover_url, 0, 60, device.turnover_minutes);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return device;
}

Json write_device(const Device& d) {
  Json body = rest::resource("Device", d.id, d.version.number, d.version.recorded_ms);
  body["extension"] = Json::array({{{"url", max_minutes_url}, {"valueInteger", d.max_minutes}},
                                   {{"url", turnover_url}, {"valueInteger", d.turnover_minutes}}});
  body["status"] = d.status;
  if (d.manufacturer) body["manufacturer"] = *d.manufacturer;
  if (d.serial_number) body["serialNumber"] = *d.serial_number;
  if (d.model_number) body["modelNumber"] = *d.model_number;
  if (d.firmware_version) body["version"] = Json::array({{{"value", *d.firmware_version}}});
  body["deviceName"] = Json::array({{{"name", d.name}, {"type", "user-friendly-name"}}});
  body["owner"] = rest::reference("Organization", d.organization_id);
  body["location"] = rest::reference("Location", d.location_id);
  return body;
}

}  // namespace

void mount_places(const PlacesService& service, rest::FhirServer& fhir) {
  fhir.add(
      fhir_type<Organization>(service.organizations, read_organization, write_organization, {}));
  fhir.add(fhir_type<Location>(service.locations, read_location, write_location,
                               {{rest::reference_to("Location", "partof", "part_of_id", "partOf"),
                                 rest::token("status", "status")}}));
  fhir.add(
      fhir_type<Device>(service.devices, read_device, write_device,
                        {{rest::reference_to("Location", "location", "location_id", "location"),
                          rest::token("status", "status")}}));
}

}  // namespace facet::clinic
