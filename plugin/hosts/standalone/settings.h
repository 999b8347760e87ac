// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "hosts/common/host_services.h"

namespace facet::hosts {

/// Where things lie in a clinic's data folder. The plugin owns all but facet.json and host/.
struct DataFolder {
  std::filesystem::path root;
  std::filesystem::path settings() const { return root / "facet.json"; }
  std::filesystem::path host() const { return root / "host"; }
  std::filesystem::path accounts() const { return host() / "accounts.json"; }
  std::filesystem::path certificate() const { return host() / "https.crt"; }
  std::filesystem::path key() const { return host() / "https.key"; }
  std::filesystem::path serve_lock() const { return host() / "serve.lock"; }
  std::filesystem::path log() const { return host() / "facet.log"; }
};

/// DIR/facet.json, for a person to edit.
struct Settings {
  std::string clinic_name = "My clinic";
  std::string https_address = "127.0.0.1";
  uint16_t https_port = 8443;
  std::string gateway_address = "127.0.0.1";
  uint16_t gateway_port = 9443;
  uint16_t pairing_port = 9444;
  std::string database = "sqlite";  // or "postgresql"
  std::string database_connection;  // of PostgreSQL, as libpq takes it
  bool demonstration = false;       // made by `facet demo`, which may replace the folder
};

/// Throws HostError that names the field.
Settings read_settings(const DataFolder& folder);
void write_settings(const DataFolder& folder, const Settings& settings);

/// The settings under the keys that the plugin reads.
Config plugin_config(const DataFolder& folder, const Settings& settings);

}  // namespace facet::hosts
