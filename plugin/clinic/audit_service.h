// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/result.h"
#include "clinic/audit_store.h"

namespace facet::clinic {

/// Who did what, for the clinic's admin. Reading the trail is itself an event of it. Threads: safe.
class AuditService {
 public:
  /// Who touched one patient's data, newest first. Names no other patient: events of lists are cut
  /// down to this one. Errors: denied.
  base::Result<std::vector<AuditEvent>> of_patient(storage::Act& act,
                                                   const std::string& patient_id, int most) const;

  /// The whole trail, part by part. Names nobody as touched: the trail holds ids only, and an event
  /// that named everybody in it would grow with every export. Errors: denied.
  base::Result<std::vector<AuditEvent>> after(storage::Act& act, const AuditPlace& place,
                                              int most) const;
};

}  // namespace facet::clinic
