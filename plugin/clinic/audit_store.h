// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/audit_event.h"
#include "storage/act.h"

namespace facet::clinic {

/// Where in the trail one event stands.
struct AuditPlace {
  std::string chain;
  std::int64_t number = 0;
};

/// Events that touched one patient's data, newest first. Throws StorageError.
std::vector<AuditEvent> audit_of_patient(storage::Act& act, const std::string& patient_id,
                                         int most);

/// Events after a place, chain by chain. Throws StorageError.
std::vector<AuditEvent> audit_after(storage::Act& act, const AuditPlace& place, int most);

}  // namespace facet::clinic
