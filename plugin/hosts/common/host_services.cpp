// SPDX-License-Identifier: MPL-2.0
#include "hosts/common/host_services.h"

#include <cstring>
#include <utility>

namespace facet::hosts {
namespace {

const HostServices& self(const facet_host* host) {
  return *static_cast<const HostServices*>(host->host_data);
}

}  // namespace

HostServices::HostServices(std::string name, std::string version, Config config, LogSink log)
    : name_(std::move(name)),
      version_(std::move(version)),
      config_(std::move(config)),
      log_(std::move(log)) {
  table_ = {sizeof table_, FACET_ABI_MINOR, this, name_.c_str(), version_.c_str(), get_service};
  log_table_ = {sizeof log_table_, write_log};
  config_table_ = {sizeof config_table_, get_config};
}

bool HostServices::offers(const char* id) const {
  return get_service(&table_, id) != nullptr;
}

const void* HostServices::get_service(const facet_host* host, const char* id) {
  if (!host || !id) return nullptr;
  if (std::strcmp(id, FACET_HOST_LOG) == 0) return &self(host).log_table_;
  if (std::strcmp(id, FACET_HOST_CONFIG) == 0) return &self(host).config_table_;
  return nullptr;
}

void HostServices::write_log(const facet_host* host, int32_t severity, const char* text) {
  if (!host || !text) return;
  try {
    self(host).log_(severity, text);
  } catch (...) {  // a log that fails must not fail the plugin
  }
}

facet_status HostServices::get_config(const facet_host* host, const char* key, char* buffer,
                                      size_t* size) {
  if (!host || !key || !size) return FACET_INVALID;
  const Config& config = self(host).config_;
  const auto found = config.find(key);
  if (found == config.end()) return FACET_NOT_FOUND;
  const size_t needed = found->second.size() + 1;
  const size_t capacity = std::exchange(*size, needed);
  if (!buffer || capacity < needed) return FACET_TOO_SMALL;
  std::memcpy(buffer, found->second.c_str(), needed);
  return FACET_OK;
}

}  // namespace facet::hosts
