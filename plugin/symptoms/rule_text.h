// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "knowledge/screening_rules.h"

namespace facet::symptoms {

/// Codes are ids of red flags and contraindications.
inline constexpr const char* rule_system = "urn:facet:screening-rule";

/// "high" for what nobody overrules and for what is urgent, else "moderate".
std::string severity_of(const knowledge::Reason& reason);

/// The rule as a Reason that is not weighed with others. The catalogue must have it.
knowledge::Reason plain_reason(const knowledge::Catalogue& catalogue, const std::string& rule_id);

/// What may be said of a rule to anybody, the patient too. Never a diagnosis, never a staff note.
std::string rule_text(const std::string& rule_id);
std::string rule_text(const knowledge::Reason& reason);

}  // namespace facet::symptoms
