// SPDX-License-Identifier: MPL-2.0
#include "symptoms/detected_issue_store.h"

namespace facet::symptoms {

using storage::column;
using storage::sealed_column;
using Issue = DetectedIssue;

std::unique_ptr<storage::Records<Issue>> detected_issue_records() {
  return storage::versioned_table<Issue>(
      "detected_issue", column("patient_id", &Issue::patient_id), column("status", &Issue::status),
      column("rule_id", &Issue::rule_id), column("severity", &Issue::severity),
      column("response_id", &Issue::response_id), column("identified_ms", &Issue::identified_ms),
      column("mitigated_ms", &Issue::mitigated_ms),
      column("mitigated_until_ms", &Issue::mitigated_until_ms),
      column("mitigated_by", &Issue::mitigated_by),
      column("mitigated_role", &Issue::mitigated_role), column("regulator", &Issue::regulator),
      column("registration_number", &Issue::registration_number),
      column("registration_expires", &Issue::registration_expires),
      sealed_column("mitigation_sealed", &Issue::mitigation),
      sealed_column("advice_sealed", &Issue::advice));
}

std::vector<IssueState> issue_states(storage::Act& act, const std::string& patient_id) {
  std::vector<IssueState> states;
  using Moment = std::optional<std::int64_t>;
  using Text = std::optional<std::string>;
  for (auto& [id, rule, severity, status, identified, decided, until, by, expires, advice] :
       act.tx.query<std::string, std::string, std::string, std::string, std::int64_t, Moment, Moment,
                    Text, Text, bool>(
           "select id, rule_id, severity, status, identified_ms, mitigated_ms, mitigated_until_ms, "
           "mitigated_by, registration_expires, "
           "case when advice_sealed is null then 0 else 1 end "
           "from detected_issue x where patient_id in (select :patient union all "
           "select source_id from patient_merge where target_id = :same) and "
           "version = (select max(version) from detected_issue y where y.id = x.id) "
           "order by identified_ms desc, id desc",
           patient_id, patient_id))
    states.push_back({std::move(id), std::move(rule), std::move(severity),
                      status == "entered-in-error", identified, decided, until, std::move(by),
                      std::move(expires), advice});
  return states;
}

}  // namespace facet::symptoms
