// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/json.h"
#include "rest/router.h"
#include "storage/act.h"
#include "storage/audit_keeper.h"

namespace facet::exports {

/// Adds the routes by which an admin checks the audit trail and takes it, or its signed heads,
/// away. Both must outlive the router.
void mount_audit_trail(storage::Acts& acts, storage::AuditKeeper& keeper, rest::Router& router);

/// What a check of the trail found, as JSON.
base::Json write_report(const storage::ChainReport& report);

}  // namespace facet::exports
