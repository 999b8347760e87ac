// SPDX-License-Identifier: MPL-2.0
#include "clinic/consent_service.h"

#include "clinic/consent_store.h"

namespace facet::clinic {

ConsentService::ConsentService()
    : consents(consent_records(),
               {"Consent", Permission::read_clinical, Permission::write_clinical}) {}

bool ConsentService::active(storage::Act& act, const std::string& patient_id,
                            const std::string& category, std::int64_t at_ms) const {
  return !consents.records()
              .where(act,
                     "patient_id = :patient and category = :category and status = 'active' and "
                     "given_ms <= :at",
                     "limit 1", patient_id, category, at_ms)
              .empty();
}

}  // namespace facet::clinic
