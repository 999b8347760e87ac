// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/record_service.h"
#include "knowledge/catalogue.h"
#include "symptoms/observation.h"

namespace facet::symptoms {

/// Symptoms, stress, joint stiffness, body measures, bed readings. Threads: safe.
class ObservationService {
 public:
  explicit ObservationService(const knowledge::Catalogue& catalogue);

  /// Catalogue ids of the symptoms recorded for a patient and not entered in error, each once. Not
  /// authorised: for rules that answer on somebody's behalf.
  std::vector<std::string> symptom_ids(storage::Act& act, const std::string& patient_id) const;

  /// The newest value of a measure. Not authorised.
  std::optional<std::int64_t> latest(storage::Act& act, const std::string& patient_id,
                                     const std::string& measure) const;

  /// Records what a bed reported, as part of its session. Errors: denied, invalid.
  base::Result<storage::Stored<Observation>> record_reading(storage::Act& act,
                                                            Observation reading) const;

  clinic::RecordService<Observation> observations;

 private:
  clinic::RecordService<Observation> readings_;
};

}  // namespace facet::symptoms
