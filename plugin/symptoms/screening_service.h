// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/interval.h"
#include "clinic/patient_service.h"
#include "clinic/record_service.h"
#include "knowledge/measure.h"
#include "knowledge/screening_rules.h"
#include "symptoms/detected_issue_service.h"
#include "symptoms/flag_service.h"
#include "symptoms/observation_service.h"
#include "symptoms/screening.h"
#include "symptoms/screening_state.h"

namespace facet::symptoms {

/// How old answers may be and still be today's. Facet's own choice: long enough for a check-in, a
/// wait and a session, too short for the morning's answers to serve an evening. Nothing is published.
inline constexpr std::int64_t todays_answers_ms = 2 * base::hour_ms;

/// A patient's last whole screening with the re-check after it, judged for a moment.
struct CurrentScreening {
  std::int64_t authored_ms = 0;  // of the whole screening
  bool stale = false;            // older than rescreen_days
  knowledge::ScreeningResult result;
};

/// A rule that is set off, and whether a clinician's decision lifts it at the moment asked.
struct Block {
  knowledge::Reason reason;
  bool lifted = false;
};

/// What keeps a patient from the bed at a moment, of all that they have answered.
struct Standing {
  CurrentScreening screening;
  std::vector<Block> blocks;    // most urgent first; also those that an earlier answer left open
  bool answered_today = false;  // a whole screening or a re-check, complete, of todays_answers_ms
};

/// Answers to questionnaires and what follows from them. Threads: safe.
class ScreeningService {
 public:
  /// What it refers to must outlive it.
  struct Needs {
    const knowledge::Catalogue& catalogue;
    const knowledge::Measures& measures;
    const clinic::PatientService& patients;
    const clinic::PractitionerService& practitioners;
    const ObservationService& observations;
    const FlagService& flags;
    const DetectedIssueService& issues;
  };
  explicit ScreeningService(const Needs& needs);

  /// The last completed screening judged for `at_ms`, with what the record answers (age, weight,
  /// height) put in place of what was said; nothing if there is none. Not authorised: for rules that
  /// answer on somebody's behalf. Errors: internal, stored answers that the catalogue no longer knows.
  base::Result<std::optional<CurrentScreening>> current(storage::Act& act,
                                                        const std::string& patient_id,
                                                        std::int64_t at_ms) const;

  /// The same, with what stands open and what is lifted; nothing if there is no whole screening.
  base::Result<std::optional<Standing>> standing(storage::Act& act, const std::string& patient_id,
                                                 std::int64_t at_ms) const;

  clinic::RecordService<QuestionnaireResponse> responses;

 private:
  base::Status check(storage::Act& act, QuestionnaireResponse& response) const;
  base::Status check_screening(storage::Act& act, const QuestionnaireResponse& response) const;
  base::Status check_measure(QuestionnaireResponse& response) const;
  base::Status alert(storage::Act& act, const QuestionnaireResponse& response) const;
  base::Status put_record_answers(storage::Act& act, const std::string& patient_id,
                                  std::int64_t at_ms, knowledge::Answers& answers) const;
  base::Result<Answered> answered(storage::Act& act, const std::string& patient_id,
                                  std::int64_t at_ms) const;
  base::Result<CurrentScreening> judge(storage::Act& act, const std::string& patient_id,
                                       const Answered& answered, std::int64_t at_ms) const;

  Needs needs_;
};

}  // namespace facet::symptoms
