// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "facet/facet.h"

namespace facet::hosts {

/// Called from any thread; severity is FACET_LOG_*.
using LogSink = std::function<void(int severity, std::string_view text)>;
/// A plugin setting by its key, such as "facet.data".
using Config = std::map<std::string, std::string>;

/// The tables that a host offers a plugin: facet.host.log/1 and facet.host.config/1. Both are
/// immutable after construction. Must outlive the instance made with it.
class HostServices {
 public:
  HostServices(std::string name, std::string version, Config config, LogSink log);
  HostServices(const HostServices&) = delete;
  HostServices& operator=(const HostServices&) = delete;

  const facet_host* table() const { return &table_; }
  bool offers(const char* id) const;

 private:
  static const void* get_service(const facet_host* host, const char* id);
  static void write_log(const facet_host* host, int32_t severity, const char* text);
  static facet_status get_config(const facet_host* host, const char* key, char* buffer,
                                 size_t* size);

  std::string name_;
  std::string version_;
  Config config_;
  LogSink log_;
  facet_host table_{};
  facet_host_log log_table_{};
  facet_host_config config_table_{};
};

}  // namespace facet::hosts
