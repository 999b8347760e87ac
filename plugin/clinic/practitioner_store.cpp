// SPDX-License-Identifier: MPL-2.0
#include "clinic/practitioner_store.h"

namespace facet::clinic {

using storage::column;

std::unique_ptr<storage::Records<Practitioner>> practitioner_records() {
  return storage::versioned_table<Practitioner>(
      "practitioner", column("organization_id", &Practitioner::organization_id),
      column("active", &Practitioner::active), column("name", &Practitioner::name),
      column("regulator", &Practitioner::regulator),
      column("registration_number", &Practitioner::registration_number),
      column("registration_expires", &Practitioner::registration_expires));
}

std::unique_ptr<storage::Records<PractitionerRole>> practitioner_role_records() {
  return storage::versioned_table<PractitionerRole>(
      "practitioner_role", column("active", &PractitionerRole::active),
      column("practitioner_id", &PractitionerRole::practitioner_id),
      column("organization_id", &PractitionerRole::organization_id),
      column("location_id", &PractitionerRole::location_id),
      column("code", &PractitionerRole::code), column("start_ms", &PractitionerRole::start_ms),
      column("end_ms", &PractitionerRole::end_ms));
}

}  // namespace facet::clinic
