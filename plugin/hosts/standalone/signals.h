// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <functional>

namespace facet::hosts {

/// Keeps SIGINT and SIGTERM for `wait_for_stop` and ignores SIGPIPE. Call before any thread starts,
/// so that every thread inherits it.
void hold_stop_signals();
/// Gives a child process the usual signals back; call between fork and exec.
void release_stop_signals();
/// Returns when SIGINT or SIGTERM came.
void wait_for_stop();

}  // namespace facet::hosts
