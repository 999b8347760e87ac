// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/session.h"

namespace facet::storage {

/// Brings a database to this program's schema: every numbered file of schema/<dialect>/ that it has
/// not seen, in order, one transaction each, with its SHA-256 written into schema_migration.
/// Errors: conflict if the database knows a migration that this program does not (newer version),
/// or one whose text has changed since; unavailable. On failure the schema is as before the file
/// that failed. Two processes may start at once: the second waits.
base::Status migrate(Session& session, std::int64_t now_ms);

}  // namespace facet::storage
