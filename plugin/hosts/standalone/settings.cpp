// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/settings.h"

#include "hosts/common/host_error.h"
#include "hosts/standalone/json.h"
#include "hosts/standalone/private_file.h"

namespace facet::hosts {
namespace {

// Takes fields out of a settings file; what is left at the end was misspelt.
class Fields {
 public:
  explicit Fields(Json json) : json_(std::move(json)) {}

  void text(const char* name, std::string& into) {
    const Json value = take(name);
    if (value.is_null()) return;
    if (!value.is_string()) fail(name, "must be a text");
    into = value.get<std::string>();
  }
  void port(const char* name, uint16_t& into) {
    const Json value = take(name);
    if (value.is_null()) return;
    if (!value.is_number_integer() || value < 1 || value > 65535) {
      fail(name, "must be a port from 1 to 65535");
    }
    into = value.get<uint16_t>();
  }
  void flag(const char* name, bool& into) {
    const Json value = take(name);
    if (value.is_null()) return;
    if (!value.is_boolean()) fail(name, "must be true or false");
    into = value.get<bool>();
  }
  void finish() const {
    if (!json_.empty()) fail(json_.begin().key(), "is no setting of Facet");
  }
  [[noreturn]] static void fail(const std::string& name, const std::string& fault) {
    throw HostError("facet.json: " + name + " " + fault);
  }

 private:
  Json take(const char* name) {
    const auto found = json_.find(name);
    if (found == json_.end()) return nullptr;
    Json value = *found;
    json_.erase(found);
    return value;
  }

  Json json_;
};

}  // namespace

Settings read_settings(const DataFolder& folder) {
  if (!std::filesystem::exists(folder.settings())) {
    throw HostError(folder.root.string() +
                    " is no data folder of Facet: make one with `facet init --data " +
                    folder.root.string() + "`");
  }
  Json json = Json::parse(read_file(folder.settings()), nullptr, false);
  if (!json.is_object()) throw HostError(folder.settings().string() + " is not a JSON object");
  Settings settings;
  Fields fields(std::move(json));
  fields.text("clinic_name", settings.clinic_name);
  fields.text("https_address", settings.https_address);
  fields.port("https_port", settings.https_port);
  fields.text("gateway_address", settings.gateway_address);
  fields.port("gateway_port", settings.gateway_port);
  fields.port("pairing_port", settings.pairing_port);
  fields.text("database", settings.database);
  fields.text("database_connection", settings.database_connection);
  fields.flag("demonstration", settings.demonstration);
  fields.finish();
  if (settings.database != "sqlite" && settings.database != "postgresql") {
    Fields::fail("database", "must be \"sqlite\" or \"postgresql\"");
  }
  return settings;
}

void write_settings(const DataFolder& folder, const Settings& settings) {
  Json json = {
      {"clinic_name", settings.clinic_name},   {"https_address", settings.https_address},
      {"https_port", settings.https_port},     {"gateway_address", settings.gateway_address},
      {"gateway_port", settings.gateway_port}, {"pairing_port", settings.pairing_port},
      {"database", settings.database}};
  if (!settings.database_connection.empty()) {
    json["database_connection"] = settings.database_connection;
  }
  if (settings.demonstration) json["demonstration"] = true;
  write_private_file(folder.settings(), json.dump(2) + "\n");
}

Config plugin_config(const DataFolder& folder, const Settings& settings) {
  Config config = {{"facet.data", std::filesystem::absolute(folder.root).string()},
                   {"facet.clinic.name", settings.clinic_name},
                   {"facet.database", settings.database},
                   {"facet.gateway.enabled", "1"},
                   {"facet.gateway.address", settings.gateway_address},
                   {"facet.gateway.port", std::to_string(settings.gateway_port)},
                   {"facet.pairing.port", std::to_string(settings.pairing_port)}};
  if (!settings.database_connection.empty()) {
    config["facet.database.connection"] = settings.database_connection;
  }
  return config;
}

}  // namespace facet::hosts
