// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/commands.h"
namespace facet::hosts {
void add_demo_command(CommandLine&) {}
}  // namespace facet::hosts
