// SPDX-License-Identifier: MPL-2.0
#include "symptoms/flag_store.h"

namespace facet::symptoms {

using storage::column;
using storage::sealed_column;

std::unique_ptr<storage::Records<Flag>> flag_records() {
  return storage::versioned_table<Flag>(
      "flag", column("patient_id", &Flag::patient_id), column("encounter_id", &Flag::encounter_id),
      column("status", &Flag::status), column("category", &Flag::category),
      column("rule_id", &Flag::rule_id), column("start_ms", &Flag::start_ms),
      column("end_ms", &Flag::end_ms), sealed_column("text_sealed", &Flag::text));
}

}  // namespace facet::symptoms
