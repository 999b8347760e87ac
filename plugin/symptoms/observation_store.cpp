// SPDX-License-Identifier: MPL-2.0
#include "symptoms/observation_store.h"

namespace facet::symptoms {

using storage::column;
using storage::sealed_column;

std::unique_ptr<storage::Records<Observation>> observation_records() {
  return storage::versioned_table<Observation>(
      "observation", column("patient_id", &Observation::patient_id),
      column("encounter_id", &Observation::encounter_id),
      column("procedure_id", &Observation::procedure_id), column("status", &Observation::status),
      column("code_system", &Observation::code_system), column("code", &Observation::code),
      column("side", &Observation::side), column("site", &Observation::site),
      column("value", &Observation::value),
      column("pain_on_pressure", &Observation::pain_on_pressure),
      column("effective_ms", &Observation::effective_ms),
      sealed_column("note_sealed", &Observation::note),
      column("severity_average", &Observation::severity_average),
      column("severity_worst", &Observation::severity_worst), column("onset", &Observation::onset),
      column("region", &Observation::region), sealed_column("text_sealed", &Observation::text),
      sealed_column("worse_with_sealed", &Observation::worse_with),
      sealed_column("better_with_sealed", &Observation::better_with));
}

}  // namespace facet::symptoms
