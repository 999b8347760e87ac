// SPDX-License-Identifier: MPL-2.0
#include "clinic/patient_store.h"

namespace facet::clinic {

using storage::column;
using storage::sealed_column;

std::unique_ptr<storage::Records<Patient>> patient_records() {
  return storage::versioned_table<Patient>(
      "patient", column("organization_id", &Patient::organization_id),
      column("active", &Patient::active), sealed_column("name_sealed", &Patient::names),
      sealed_column("birth_date_sealed", &Patient::birth_date),
      sealed_column("telecom_sealed", &Patient::telecom),
      sealed_column("address_sealed", &Patient::address),
      sealed_column("identifier_sealed", &Patient::identifiers), column("gender", &Patient::gender),
      column("deceased_ms", &Patient::deceased_ms), column("deceased", &Patient::deceased),
      sealed_column("general_practitioner_sealed", &Patient::general_practitioner),
      sealed_column("communication_sealed", &Patient::communication),
      column("interpreter", &Patient::interpreter),
      column("accessible_format", &Patient::accessible_format),
      column("contact_preference", &Patient::contact_preference),
      column("replaced_by_id", &Patient::replaced_by_id));
}

}  // namespace facet::clinic
