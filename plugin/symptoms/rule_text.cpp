// SPDX-License-Identifier: MPL-2.0
#include "symptoms/rule_text.h"

namespace facet::symptoms {

using knowledge::Reason;

std::string severity_of(const Reason& reason) {
  const bool urgent = reason.red_flag_action &&
                      *reason.red_flag_action <= knowledge::RedFlagAction::same_day;
  const bool absolute = reason.kind == knowledge::ContraindicationKind::absolute;
  return urgent || absolute ? "high" : "moderate";
}

Reason plain_reason(const knowledge::Catalogue& catalogue, const std::string& rule_id) {
  Reason reason{};
  reason.rule_id = rule_id;
  reason.clear_role = knowledge::ClearRole::clinician;
  if (const auto* flag = catalogue.find_red_flag(rule_id)) {
    reason.red_flag_action = flag->action;
    reason.patient_message = flag->patient_message;
    reason.route_uk = flag->route_uk;
  } else if (const auto* rule = catalogue.find_contraindication(rule_id)) {
    reason.kind = rule->kind;
    reason.contraindication_action = rule->action;
    reason.zone = rule->zone;
    reason.clear_role = rule->clear_role;
    reason.patient_message = catalogue.text_of(rule->action).patient_message;
  } else {  // of a catalogue that had it: nothing is known of it, so nobody lifts it
    reason.kind = knowledge::ContraindicationKind::absolute;
  }
  return reason;
}

std::string rule_text(const Reason& reason) {
  return reason.patient_message.empty() ? "A clinician must decide first." : reason.patient_message;
}

std::string rule_text(const std::string& rule_id) {
  return rule_text(plain_reason(knowledge::catalogue(), rule_id));
}

}  // namespace facet::symptoms
