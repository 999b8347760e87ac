// SPDX-License-Identifier: MPL-2.0
#include "clinic/related_person_store.h"

namespace facet::clinic {

using storage::column;
using storage::sealed_column;

std::unique_ptr<storage::Records<RelatedPerson>> related_person_records() {
  return storage::versioned_table<RelatedPerson>(
      "related_person", column("patient_id", &RelatedPerson::patient_id),
      column("active", &RelatedPerson::active),
      column("relationship", &RelatedPerson::relationship),
      sealed_column("name_sealed", &RelatedPerson::names),
      sealed_column("telecom_sealed", &RelatedPerson::telecom),
      sealed_column("address_sealed", &RelatedPerson::address),
      column("start_ms", &RelatedPerson::start_ms), column("end_ms", &RelatedPerson::end_ms));
}

}  // namespace facet::clinic
