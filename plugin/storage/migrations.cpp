// SPDX-License-Identifier: MPL-2.0
#include "storage/migrations.h"

#include <algorithm>

#include "schema_files.h"
#include "storage/digest.h"
#include "storage/write_queue.h"

namespace facet::storage {
namespace {

struct Migration {
  std::int64_t number;
  std::string name;  // "0001_record"
  std::string_view sql;
};

std::vector<Migration> known_migrations(Dialect dialect) {
  const std::string folder = dialect == Dialect::sqlite ? "sqlite/" : "postgresql/";
  std::vector<Migration> found;
  for (const auto& file : schema::files) {
    const std::string_view path = file.name;
    if (!path.starts_with(folder)) continue;
    const std::string name(path.substr(folder.size(), path.size() - folder.size() - 4));
    found.push_back({std::stoll(name.substr(0, 4)), name, file.text()});
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.number < b.number; });
  return found;
}

void begin_exclusive(Session& session) {
  if (session.dialect() == Dialect::sqlite) {
    session.run_script("begin immediate");
    return;
  }
  // Serialises programs that start at once; the key is the ASCII of "facet".
  session.run_script("begin; select pg_advisory_xact_lock(439804651892)");
}

base::Status check_history(Session& session, const std::vector<Migration>& known,
                           std::int64_t& applied) {
  Transaction tx(session);
  applied = 0;
  for (const auto& [number, name, sha256] : tx.query<std::int64_t, std::string, std::string>(
           "select number, name, sha256 from schema_migration order by number")) {
    const bool next = number == applied + 1;
    if (next && number > static_cast<std::int64_t>(known.size()))
      return base::fail(base::ErrorCode::conflict, "data",
                        "The data is of a newer version of Facet (migration " + name +
                            "). Start that version, or restore a backup of this one.");
    if (!next || known[static_cast<std::size_t>(number - 1)].name != name ||
        digest_hex(known[static_cast<std::size_t>(number - 1)].sql) != sha256)
      return base::fail(base::ErrorCode::conflict, "data",
                        "The data's migration history was altered at " + name +
                            "; Facet will not touch it. Restore a backup.");
    applied = number;
  }
  return {};
}

void apply(Session& session, const Migration& migration, std::int64_t now_ms) {
  session.run_script(std::string(migration.sql));
  Transaction tx(session);
  tx.execute(
      "insert into schema_migration (number, name, sha256, applied_ms) "
      "values (:number, :name, :sha256, :now)",
      migration.number, migration.name, digest_hex(migration.sql), now_ms);
}

}  // namespace

base::Status migrate(Session& session, std::int64_t now_ms) {
  const auto known = known_migrations(session.dialect());
  const std::string history_table =
      "create table if not exists schema_migration (number bigint primary key, name text not null, "
      "sha256 text not null, applied_ms bigint not null)";
  try {
    std::int64_t applied = 0;
    begin_exclusive(session);
    session.run_script(history_table);
    const auto checked = check_history(session, known, applied);
    session.run_script(checked ? "commit" : "rollback");
    if (!checked) return checked;
    for (auto next = applied; next < static_cast<std::int64_t>(known.size()); ++next) {
      begin_exclusive(session);
      // Another process may have been faster.
      if (auto again = check_history(session, known, applied); !again || applied > next) {
        session.run_script("rollback");
        if (!again) return again;
        continue;
      }
      apply(session, known[static_cast<std::size_t>(next)], now_ms);
      session.run_script("commit");
    }
    return {};
  } catch (...) {
    const auto error = to_error(std::current_exception());
    if (session.usable() && session.in_transaction()) session.run_script("rollback");
    return tl::unexpected<base::Error>(error);
  }
}

}  // namespace facet::storage
