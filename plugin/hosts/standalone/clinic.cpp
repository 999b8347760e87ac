// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/clinic.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <cstdio>
#include <memory>
#include <mutex>

#include "hosts/common/host_error.h"

namespace facet::hosts {
namespace {

Config merged(Config base, const Config& overrides) {
  for (const auto& [key, value] : overrides) base[key] = value;
  return base;
}

std::string log_line(int severity, std::string_view text) {
  static constexpr const char* kNames[] = {"debug", "info", "warning", "error"};
  const char* name = severity >= 0 && severity <= 3 ? kNames[severity] : "error";
  std::string line = Poco::DateTimeFormatter::format(Poco::Timestamp(), "%Y-%m-%dT%H:%M:%S.%iZ");
  line.append(" ").append(name).append(" ").append(text).append("\n");
  return line;
}

}  // namespace

std::filesystem::path default_plugin_path() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "lib" /
         "libfacet.so";
}

Clinic::Clinic(const std::filesystem::path& plugin, const DataFolder& folder,
               const Settings& settings, const Config& overrides, LogSink log)
    : library_(plugin),
      services_("facet", FACET_VERSION, merged(plugin_config(folder, settings), overrides),
                std::move(log)),
      instance_(library_, services_) {
  instance_.activate();
}

LogSink log_to_stderr(int least) {
  return [least](int severity, std::string_view text) {
    if (severity < least) return;
    const std::string line = log_line(severity, text);
    std::fwrite(line.data(), 1, line.size(), stderr);
  };
}

LogSink log_to_file(const std::filesystem::path& file) {
  const std::shared_ptr<std::FILE> out(std::fopen(file.c_str(), "ae"), [](std::FILE* open) {
    if (open) std::fclose(open);
  });
  if (!out) throw HostError("cannot write " + file.string());
  return [out](int severity, std::string_view text) {
    if (severity < FACET_LOG_INFO) return;
    const std::string line = log_line(severity, text);
    std::fwrite(line.data(), 1, line.size(), out.get());
    std::fflush(out.get());
  };
}

}  // namespace facet::hosts
