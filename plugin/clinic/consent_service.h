// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/consent.h"
#include "clinic/record_service.h"

namespace facet::clinic {

/// Consents, versioned. Threads: safe.
class ConsentService {
 public:
  ConsentService();

  /// True if what a person said last on the category, at or before the moment, was yes; a
  /// withdrawal counts whenever it was. Merged records are one person's. Not authorised: for rules
  /// that answer on somebody's behalf.
  bool active(storage::Act& act, const std::string& patient_id, const std::string& category,
              std::int64_t at_ms) const;

  RecordService<Consent> consents;
};

}  // namespace facet::clinic
