// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <array>
#include <string>
#include <string_view>

#include "storage/digest.h"

namespace facet::storage {

/// The columns of audit_event in the order in which they are read, exported and sealed.
inline constexpr std::array<std::string_view, 15> audit_columns{
    "chain",       "number",      "id",      "recorded_ms", "principal",
    "roles",       "remote",      "purpose", "action",      "resource_type",
    "resource_id", "patient_ids", "outcome", "reason",      "mac"};

/// One row of the trail as text; integers as their decimal digits.
using AuditRow = std::array<std::string_view, audit_columns.size()>;

enum AuditColumn : std::size_t {
  a_chain = 0,
  a_number = 1,
  a_recorded_ms = 3,
  a_principal = 4,
  a_remote = 6,
  a_outcome = 12,
  a_reason = 13,
  a_mac = 14
};

/// What binds a row to the one before it: an HMAC over the mac of that one and every column of
/// this, each with its length in front, so that no two different rows give the same bytes. Threads:
/// one at a time.
class AuditSeal {
 public:
  explicit AuditSeal(std::string_view key) : hmac_(key) {}

  /// The row's mac in base64; the view lives until the next call.
  std::string_view mac(std::string_view previous, const AuditRow& row);

 private:
  void add(std::string_view field);

  Hmac hmac_;
  std::string bytes_;
  std::array<char, 48> text_{};
};

}  // namespace facet::storage
