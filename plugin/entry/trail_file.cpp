// SPDX-License-Identifier: MPL-2.0
#include "entry/trail_file.h"

#include <fstream>

#include "exports/audit_routes.h"
#include "storage/audit_trail.h"
#include "storage/keys.h"

namespace facet::entry {
namespace {

tl::unexpected<base::Error> unreadable(const std::filesystem::path& file) {
  return base::fail(base::ErrorCode::unavailable, file.filename(),
                    "The file " + file.string() + " cannot be read.");
}

}  // namespace

base::Result<std::string> verify_trail_file(const std::filesystem::path& trail,
                                            const std::filesystem::path& key,
                                            const std::vector<std::filesystem::path>& heads) {
  auto audit_key = storage::load_key(key);
  if (!audit_key) return base::pass(audit_key);
  const auto head_key = storage::head_key(*audit_key);
  storage::HeadSet known;
  for (const auto& file : heads) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return unreadable(file);
    known.read_books(in, head_key);
  }
  std::ifstream in(trail, std::ios::binary);
  if (!in || std::filesystem::is_directory(trail)) return unreadable(trail);
  return exports::write_report(storage::verify_trail(in, *audit_key, std::move(known))).dump();
}

}  // namespace facet::entry
