// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/router.h"
#include "storage/act.h"

namespace facet::clinic {

/// POST /admin/keys/rotate puts a new clinic key in the old one's place; answers the new key's id and
/// how many patients it now wraps. What an interrupted one left is finished. Errors: denied; conflict,
/// one is running.
void mount_keys(storage::Acts& acts, rest::Router& router);

}  // namespace facet::clinic
