// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/router.h"

namespace facet::entry {

/// The browser application at `/` and below `/assets/`; anyone may load it, it holds no data.
void mount_web(rest::Router& router);

}  // namespace facet::entry
