// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "knowledge/answers.h"
#include "knowledge/catalogue.h"

namespace facet::knowledge {

/// One rule that a yes or an unsure has set off. All its text may be shown to the patient; it names
/// no diagnosis and calls nobody safe.
struct Reason {
  std::string rule_id;
  std::optional<RedFlagAction> red_flag_action;  // of a red flag: after its combinations
  std::optional<ContraindicationKind> kind;      // of a contraindication: these three
  std::optional<ContraindicationAction> contraindication_action;
  std::optional<BlockedZone> zone;
  std::string patient_message;
  std::string route_uk;                // of a red flag: where to go
  ClearRole clear_role;                // who may record the decision that lifts it
  std::vector<std::string> raised_by;  // other red flags that made it more urgent
  std::vector<std::string> unsure;     // linkIds counted as yes because the answer was unsure
};

/// For staff only, and so apart from every text for the patient.
struct StaffNote {
  std::string rule_id;
  std::string text;
};

struct ScreeningResult {
  bool complete = false;                // every question of the ask set is decided
  std::vector<std::string> unanswered;  // linkIds still needed, in the order they were asked
  std::optional<RedFlagAction> highest_action;
  std::vector<Reason> blocks;    // most urgent first: red flags, then contraindications
  std::vector<Reason> cautions;  // shown to the clinician; booking goes on
  std::vector<StaffNote> staff_notes;
  bool ask_all_again = false;  // the person says that something changed

  /// Whether nothing here keeps the person from the bed; a clearance is still needed.
  bool nothing_blocks() const { return complete && blocks.empty(); }
  /// Full screen for the patient, staff alerted, and a named clinician records what was done.
  bool alert_staff() const { return highest_action && *highest_action <= RedFlagAction::same_day; }
  /// The red flag whose message and route the patient is shown; null if there is none.
  const Reason* shown_first() const;
};

/// Every linkId asked of a person before a bed session: ask_before_bed, then what the symptoms add,
/// then every contraindication. Errors: invalid, naming a symptom that is unknown.
base::Result<std::vector<std::string>> ask_set(const Catalogue& catalogue,
                                               const std::vector<std::string>& symptom_ids);

/// Applies the rules to answers. Answers beyond the ask set count too; only the ask set must be
/// complete. What the record answers (record_answers.h) is passed among the answers.
///
/// Items are ticked one by one, and an unsure item or question counts as yes. An item without an
/// answer is not ticked where the question itself was answered no; otherwise it is unanswered,
/// unless the others already decide.
/// Errors: invalid, with the linkId in `field` if the catalogue does not know it.
base::Result<ScreeningResult> evaluate(const Catalogue& catalogue, const Answers& answers,
                                       const std::vector<std::string>& ask_set);

/// Screening before the first bed session, and every rescreen_days.
base::Result<ScreeningResult> screen(const Catalogue& catalogue, const Answers& answers,
                                     const std::vector<std::string>& symptom_ids);

/// The shorter set asked at check-in on each visit.
base::Result<ScreeningResult> recheck(const Catalogue& catalogue, const Answers& answers);

/// Whether a whole screening made at one moment must be asked again by another.
bool rescreen_due(const Catalogue& catalogue, std::int64_t screened_at_ms, std::int64_t at_ms);

}  // namespace facet::knowledge
