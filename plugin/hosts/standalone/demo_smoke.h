// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <filesystem>

#include "hosts/standalone/demo_bed.h"
#include "hosts/standalone/demo_clinic.h"
#include "hosts/standalone/demo_watch.h"

namespace facet::hosts::demo {

/// The main job without a person, through the in-process door: prints one line a step and leaves
/// the files in `out`. Throws HostError that names the step that failed.
void run_main_job(PluginInstance& plugin, const DemoClinic& clinic, DemoBed& bed,
                  const std::filesystem::path& out);

}  // namespace facet::hosts::demo
