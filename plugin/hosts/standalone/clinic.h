// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <filesystem>

#include "hosts/common/plugin_instance.h"
#include "hosts/standalone/settings.h"

namespace facet::hosts {

/// The plugin beside this program: ../lib/libfacet.so.
std::filesystem::path default_plugin_path();

/// The plugin, loaded and active on a data folder; inactive again at the end of its life.
class Clinic {
 public:
  /// `overrides` win over what facet.json says.
  Clinic(const std::filesystem::path& plugin, const DataFolder& folder, const Settings& settings,
         const Config& overrides, LogSink log);

  PluginInstance& plugin() { return instance_; }

 private:
  PluginLibrary library_;
  HostServices services_;
  PluginInstance instance_;
};

/// A log that writes lines with the time and the severity to standard error; below `least` nothing.
LogSink log_to_stderr(int least);
/// The same into a file.
LogSink log_to_file(const std::filesystem::path& file);

}  // namespace facet::hosts
