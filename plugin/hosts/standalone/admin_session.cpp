// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/admin_session.h"

#include <pwd.h>
#include <unistd.h>

namespace facet::hosts {
namespace {

std::string unix_user() {
  const passwd* entry = getpwuid(geteuid());
  return entry ? entry->pw_name : std::to_string(geteuid());
}

Config with_gateway(Config config) {
  config.emplace("facet.gateway.enabled", "0");
  return config;
}

}  // namespace

AdminSession::AdminSession(const std::filesystem::path& plugin, const std::filesystem::path& data,
                           std::vector<std::string> roles, const Config& more)
    : folder_{data},
      clinic_(plugin, folder_, read_settings(folder_), with_gateway(more),
              log_to_stderr(FACET_LOG_WARNING)),
      client_(clinic_.plugin(), {"cli:" + unix_user(), std::move(roles)}) {}

}  // namespace facet::hosts
