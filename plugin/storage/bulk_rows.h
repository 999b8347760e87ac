// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <libpq-fe.h>

#include <string>

#include "storage/text_row.h"
#include "storage/value.h"

struct sqlite3;

namespace facet::storage {

/// Rows straight from the driver, for walks over millions of them. Gives SQLite's result code.
int sqlite_rows(sqlite3* connection, std::string_view sql, std::span<const Value> in,
                const OnTextRow& on_row);

/// The same from PostgreSQL, which sends all rows at once; the caller reads the result's status and
/// clears it.
PGresult* postgresql_rows(PGconn* connection, const std::string& sql, std::span<const Value> in,
                          const OnTextRow& on_row);

}  // namespace facet::storage
