// SPDX-License-Identifier: MPL-2.0
#include "symptoms/condition_store.h"

namespace facet::symptoms {

using storage::column;
using storage::sealed_column;

std::unique_ptr<storage::Records<Condition>> condition_records() {
  return storage::versioned_table<Condition>(
      "condition", column("patient_id", &Condition::patient_id),
      column("encounter_id", &Condition::encounter_id),
      column("clinical_status", &Condition::clinical_status),
      column("verification_status", &Condition::verification_status),
      column("code", &Condition::code), column("side", &Condition::side),
      column("region", &Condition::region), column("onset", &Condition::onset),
      column("abated_ms", &Condition::abated_ms), column("evidence_id", &Condition::evidence_id),
      sealed_column("text_sealed", &Condition::text),
      sealed_column("note_sealed", &Condition::note));
}

}  // namespace facet::symptoms
