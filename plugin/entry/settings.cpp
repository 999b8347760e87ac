// SPDX-License-Identifier: MPL-2.0
#include "entry/settings.h"

#include <charconv>

namespace facet::entry {
namespace {

base::Result<std::uint16_t> port_of(const std::string& text, const char* key) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size())
    return base::invalid(key, std::string(key) + " must be a port from 0 to 65535.");
  return port;
}

}  // namespace

base::Result<Settings> read_settings(
    const std::function<std::optional<std::string>(const char* key)>& get) {
  Settings settings;
  const auto data = get("facet.data");
  if (!data || data->empty())
    return base::invalid("facet.data", "The host must name a data folder (facet.data).");
  settings.data = *data;
  settings.create = get("facet.create") == "1";
  settings.clinic_name = get("facet.clinic.name").value_or("Clinic");
  const auto engine = get("facet.database").value_or("sqlite");
  if (engine == "postgresql")
    settings.database = {storage::Dialect::postgresql, get("facet.database.connection").value_or("")};
  else if (engine == "sqlite")
    settings.database = {storage::Dialect::sqlite, (settings.data / "facet.sqlite").string()};
  else
    return base::invalid("facet.database", "facet.database must be sqlite or postgresql.");
  settings.gateway_enabled = get("facet.gateway.enabled").value_or("1") != "0";
  settings.gateway_address = get("facet.gateway.address").value_or("127.0.0.1");
  auto gateway = port_of(get("facet.gateway.port").value_or("0"), "facet.gateway.port");
  if (!gateway) return base::pass(gateway);
  auto pairing = port_of(get("facet.pairing.port").value_or("0"), "facet.pairing.port");
  if (!pairing) return base::pass(pairing);
  settings.gateway_port = *gateway;
  settings.pairing_port = *pairing;
  return settings;
}

}  // namespace facet::entry
