// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <functional>
#include <iosfwd>

#include "storage/audit_verifier.h"

namespace facet::storage {

/// What an exported trail says of itself in its first line, signed. NDJSON: this line, the lines of
/// the book of heads as they are, then one line an event.
struct TrailHeader {
  std::string place;  // see AuditVerifier; empty if every note of heads counts
  std::int64_t exported_ms = 0;
  std::vector<Head> heads;  // the trail ends with these
};

std::string write_trail_header(const TrailHeader& header, const SigningKey& key);

/// An event as one JSON object of its columns, and the end of the line.
void write_trail_event(const AuditRow& row, std::string& into);

/// Checks an exported trail without a database, streamed, with the audit key alone; `more` are
/// heads that were kept elsewhere. A file that is no trail, or one of another key, is reported as
/// not valid.
ChainReport verify_trail(std::istream& trail, std::string_view audit_key, HeadSet more = {});

}  // namespace facet::storage
