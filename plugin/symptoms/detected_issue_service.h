// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/practitioner_service.h"
#include "clinic/record_service.h"
#include "knowledge/catalogue.h"
#include "symptoms/detected_issue.h"

namespace facet::symptoms {

/// By the rule and how grave it was when it was raised.
Override override_of(const knowledge::Catalogue& catalogue, const std::string& rule_id,
                     const std::string& severity);

/// Rules that keep patients from the bed. Screening raises them (screening_alerts.h); a registered
/// clinician records a decision on one, for themselves and until a day, withdraws it, or takes the
/// issue back as an error. None of these opens the bed but a decision that the rule's kind allows.
/// Threads: safe.
class DetectedIssueService {
 public:
  DetectedIssueService(const knowledge::Catalogue& catalogue,
                       const clinic::PractitionerService& practitioners);

  clinic::RecordService<DetectedIssue> issues;
};

}  // namespace facet::symptoms
