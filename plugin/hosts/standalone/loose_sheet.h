// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "hosts/common/plugin_instance.h"

namespace facet::hosts {

/// Names and values as the plugin's $handout takes them.
using Wishes = std::vector<std::pair<std::string, std::string>>;

/// A sheet that names no patient.
struct LooseSheet {
  Wishes wishes;
  std::string clinic = {};       // name to print; may be empty
  std::string blank = {};        // body-chart, screening; empty: the general handout
  std::filesystem::path folder = {};  // the clinic's DIR/handouts; empty: the plugin's own look
};

/// Prints it as PDF by the plugin while it is not active: no clinic is opened. Throws HostError
/// with the plugin's own sentence.
std::string print_loose(const std::filesystem::path& plugin, const LooseSheet& sheet);

/// What a clinic's DIR/handouts holds, and what is wrong with it; an empty fault is good. Nothing if
/// the plugin cannot tell.
struct HandoutFinding {
  std::string what, fault;
};
std::vector<HandoutFinding> check_handouts(const PluginInstance& plugin,
                                           const std::filesystem::path& folder);

}  // namespace facet::hosts
