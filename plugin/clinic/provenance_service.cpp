// SPDX-License-Identifier: MPL-2.0
#include "clinic/provenance_service.h"

#include "clinic/provenance_store.h"

namespace facet::clinic {

ProvenanceService::ProvenanceService()
    : provenances(provenance_records(),
                  {"Provenance", Permission::read_clinical, Permission::write_clinical}) {}

}  // namespace facet::clinic
