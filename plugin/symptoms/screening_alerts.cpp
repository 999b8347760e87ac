// SPDX-License-Identifier: MPL-2.0
#include "symptoms/screening_alerts.h"

#include <algorithm>

#include "base/uuid.h"
#include "symptoms/detected_issue_store.h"
#include "symptoms/rule_text.h"

namespace facet::symptoms {
namespace {

using knowledge::Catalogue;
using storage::Act;

class Alerts {
 public:
  Alerts(Act& act, const Catalogue& catalogue, const FlagService& flags,
         const DetectedIssueService& issues, std::string patient_id, const Answered& answered,
         const std::optional<Given>& said)
      : act_(act),
        catalogue_(catalogue),
        flag_records_(flags.flags.records()),
        issue_records_(issues.issues.records()),
        patient_id_(std::move(patient_id)),
        answered_(answered),
        said_(said),
        flags_(flag_records_.where(act,
                                   "patient_id in (select :patient union all select source_id from "
                                   "patient_merge where target_id = :same) and rule_id is not null",
                                   "order by start_ms desc, id desc", patient_id_, patient_id_)),
        issues_(issue_states(act, patient_id_)) {}

  void set_off(const SetOff& rule) {
    if (rule.blocks && needs_issue(rule)) add_issue(rule);
    if (!active(rule.reason.rule_id)) add_flag(rule);
    kept_.push_back(rule.reason.rule_id);
  }

  void end_others() {
    for (auto& flag : flags_) {
      if (flag.status != "active" || is_kept(*flag.rule_id) || is_open(*flag.rule_id)) continue;
      const auto no = settled_after(catalogue_, answered_, *flag.rule_id, flag.start_ms - 1);
      flag.status = "inactive";
      flag.end_ms = std::max(no.value_or(act_.now_ms), flag.start_ms);
      touch(flag, 'U');
      flag_records_.amend(act_, flag);
    }
  }

 private:
  bool active(const std::string& rule_id) const {
    return std::any_of(flags_.begin(), flags_.end(), [&](const Flag& flag) {
      return flag.rule_id == rule_id && flag.status == "active";
    });
  }

  bool is_kept(const std::string& rule_id) const {
    return std::find(kept_.begin(), kept_.end(), rule_id) != kept_.end();
  }

  /// Also if it was taken back as an error: the yes stands until a no.
  bool is_open(const std::string& rule_id) const {
    return std::any_of(issues_.begin(), issues_.end(), [&](const IssueState& issue) {
      return issue.rule_id == rule_id &&
             !settled_after(catalogue_, answered_, rule_id, issue.identified_ms);
    });
  }

  bool no_between(const std::string& rule_id, std::int64_t from_ms, std::int64_t to_ms) const {
    const auto within = [&](std::int64_t ms) { return ms > from_ms && ms <= to_ms; };
    if (said_ && within(said_->authored_ms) && denies(catalogue_, said_->answers, rule_id))
      return true;
    return std::any_of(flags_.begin(), flags_.end(), [&](const Flag& flag) {
      return flag.rule_id == rule_id && flag.end_ms && within(*flag.end_ms);
    });
  }

  bool needs_issue(const SetOff& rule) const {
    const auto& rule_id = rule.reason.rule_id;
    const auto newest = std::find_if(issues_.begin(), issues_.end(), [&](const IssueState& issue) {
      return issue.rule_id == rule_id;
    });
    if (newest == issues_.end()) return true;
    if (newest->identified_ms > rule.authored_ms) return false;
    if (newest->in_error) return newest->identified_ms < rule.authored_ms;
    return newest->severity != severity_of(rule.reason) ||
           no_between(rule_id, newest->identified_ms, rule.authored_ms);
  }

  template <class Record>
  void touch(const Record& record, char action) {
    constexpr bool is_flag = std::is_same_v<Record, Flag>;
    act_.touch(action, is_flag ? "Flag" : "DetectedIssue", record.id, {patient_id_});
  }

  void add_issue(const SetOff& rule) {
    DetectedIssue issue;
    issue.id = base::uuid_v7(act_.now_ms);
    issue.patient_id = patient_id_;
    issue.rule_id = rule.reason.rule_id;
    issue.severity = severity_of(rule.reason);
    issue.response_id = rule.response_id;
    issue.identified_ms = rule.authored_ms;
    touch(issue, 'C');
    issue_records_.amend(act_, std::move(issue));
  }

  void add_flag(const SetOff& rule) {
    Flag flag;
    flag.id = base::uuid_v7(act_.now_ms);
    flag.patient_id = patient_id_;
    flag.rule_id = rule.reason.rule_id;
    flag.start_ms = rule.authored_ms;
    touch(flag, 'C');
    flag_records_.amend(act_, std::move(flag));
  }

  Act& act_;
  const Catalogue& catalogue_;
  const storage::Records<Flag>& flag_records_;
  const storage::Records<DetectedIssue>& issue_records_;
  const std::string patient_id_;
  const Answered& answered_;
  const std::optional<Given>& said_;
  std::vector<Flag> flags_;
  const std::vector<IssueState> issues_;
  std::vector<std::string> kept_;
};

}  // namespace

void raise_alerts(Act& act, const Catalogue& catalogue, const FlagService& flags,
                  const DetectedIssueService& issues, const std::string& patient_id,
                  const Answered& answered, const std::vector<SetOff>& set_off,
                  const std::optional<Given>& said) {
  Alerts alerts(act, catalogue, flags, issues, patient_id, answered, said);
  for (const auto& rule : set_off) alerts.set_off(rule);
  alerts.end_others();
}

}  // namespace facet::symptoms
