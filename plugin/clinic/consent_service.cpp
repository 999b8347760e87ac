// SPDX-License-Identifier: MPL-2.0
#include "clinic/consent_service.h"

#include "base/interval.h"
#include "clinic/consent_store.h"

namespace facet::clinic {
namespace {

base::Status check(storage::Act& act, Consent& consent) {
  if (consent.given_ms > act.now_ms + base::minute_ms)
    return base::invalid("Consent.dateTime", "This lies in the future.");
  return {};
}

}  // namespace

ConsentService::ConsentService()
    : consents(consent_records(),
               {"Consent", Permission::read_clinical, Permission::write_clinical, check}) {}

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
