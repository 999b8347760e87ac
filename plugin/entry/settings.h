// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "storage/session.h"

namespace facet::entry {

/// What the host's facet.host.config/1 says; the keys are listed in README.md.
struct Settings {
  std::filesystem::path data;  // the clinic's data folder
  bool create = false;         // keys and database may be made
  std::string clinic_name;
  storage::Settings database;
  bool gateway_enabled = true;
  std::string gateway_address;
  std::uint16_t gateway_port = 0;
  std::uint16_t pairing_port = 0;
};

/// `get` gives a setting, or nothing if the host has none. Errors: invalid, naming the key.
base::Result<Settings> read_settings(
    const std::function<std::optional<std::string>(const char* key)>& get);

}  // namespace facet::entry
