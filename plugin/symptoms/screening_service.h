// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/patient_service.h"
#include "clinic/record_service.h"
#include "knowledge/screening_rules.h"
#include "symptoms/observation_service.h"
#include "symptoms/screening.h"

namespace facet::symptoms {

/// A patient's last whole screening, judged for a moment.
struct CurrentScreening {
  std::int64_t authored_ms = 0;
  bool stale = false;  // older than rescreen_days
  knowledge::ScreeningResult result;
};

/// Screening answers and what follows from them. Threads: safe.
class ScreeningService {
 public:
  ScreeningService(const knowledge::Catalogue& catalogue, const clinic::PatientService& patients,
                   const ObservationService& observations);

  /// The last completed screening judged for `at_ms`, with what the record answers (age, weight,
  /// height) put in place of what was said; nothing if there is none. Not authorised: for rules that
  /// answer on somebody's behalf. Errors: internal, stored answers that the catalogue no longer knows.
  base::Result<std::optional<CurrentScreening>> current(storage::Act& act,
                                                        const std::string& patient_id,
                                                        std::int64_t at_ms) const;

  clinic::RecordService<QuestionnaireResponse> responses;

 private:
  base::Status check(storage::Act& act, QuestionnaireResponse& response) const;
  base::Result<knowledge::ScreeningResult> judge(storage::Act& act,
                                                 const QuestionnaireResponse& response,
                                                 std::int64_t at_ms) const;

  const knowledge::Catalogue& catalogue_;
  const clinic::PatientService& patients_;
  const ObservationService& observations_;
};

}  // namespace facet::symptoms
