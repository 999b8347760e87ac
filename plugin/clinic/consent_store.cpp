// SPDX-License-Identifier: MPL-2.0
#include "clinic/consent_store.h"

namespace facet::clinic {

using storage::column;
using storage::sealed_column;

std::unique_ptr<storage::Records<Consent>> consent_records() {
  return storage::versioned_table<Consent>(
      "consent", column("patient_id", &Consent::patient_id), column("status", &Consent::status),
      column("category", &Consent::category), column("given_ms", &Consent::given_ms),
      column("text_version", &Consent::text_version),
      column("performer_type", &Consent::performer_type),
      column("performer_id", &Consent::performer_id),
      column("withdrawn_ms", &Consent::withdrawn_ms), sealed_column("note_sealed", &Consent::note));
}

}  // namespace facet::clinic
