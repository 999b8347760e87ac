// SPDX-License-Identifier: MPL-2.0
#include "clinic/audit_service.h"

#include "clinic/roles.h"

namespace facet::clinic {

using base::Result;
using storage::Act;

Result<std::vector<AuditEvent>> AuditService::of_patient(Act& act, const std::string& patient_id,
                                                         int most) const {
  if (auto ok = authorise(act, Permission::read_audit, 'R', "AuditEvent", "", {patient_id}); !ok)
    return base::pass(ok);
  auto events = audit_of_patient(act, patient_id, most);
  for (auto& event : events) event.patient_ids = {patient_id};
  return events;
}

Result<std::vector<AuditEvent>> AuditService::after(Act& act, const AuditPlace& place,
                                                    int most) const {
  if (auto ok = authorise(act, Permission::read_audit, 'E', "AuditEvent", "", {}); !ok)
    return base::pass(ok);
  return audit_after(act, place, most);
}

}  // namespace facet::clinic
