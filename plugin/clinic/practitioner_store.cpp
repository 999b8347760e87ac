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

}  // namespace facet::clinic
