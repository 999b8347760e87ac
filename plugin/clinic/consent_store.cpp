// SPDX-License-Identifier: MPL-2.0
#include "clinic/consent_store.h"

namespace facet::clinic {

using storage::column;

std::unique_ptr<storage::Records<Consent>> consent_records() {
  return storage::versioned_table<Consent>(
      "consent", column("patient_id", &Consent::patient_id), column("status", &Consent::status),
      column("category", &Consent::category), column("given_ms", &Consent::given_ms));
}

}  // namespace facet::clinic
