// SPDX-License-Identifier: MPL-2.0
#include <map>

#include "knowledge/check_rules.h"
#include "knowledge/record_answers.h"

namespace facet::knowledge {
namespace {

class ScreeningCheck {
 public:
  ScreeningCheck(const ScreeningData& data, const SymptomsData& symptoms, Findings& findings)
      : data_(data), symptoms_(symptoms), findings_(findings) {
    for (const auto& flag : data_.red_flags) flags_[flag.id] = &flag;
  }

  void run() {
    check_term_tables();
    for (const auto& flag : data_.red_flags) check_flag(flag);
    for (const auto& each : data_.contraindications) check_contraindication(each);
    check_ids();
    check_questions();
    check_ask_sets();
    for (const auto& device : data_.devices) check_device(device);
    check_numbers();
  }

 private:
  template <class Row>
  void check_table(const std::vector<Row>& rows, std::size_t size, const std::string& name) {
    bool right = rows.size() == size;
    for (std::size_t i = 0; right && i < size; ++i)
      right = static_cast<std::size_t>(rows[i].id) == i;
    if (!right) report(name, "does not list its codes once each, in order");
  }

  void check_term_tables() {
    check_table(data_.red_flag_actions, Names<RedFlagAction>::list.size(), "red_flag_actions");
    check_table(data_.contraindication_kinds, Names<ContraindicationKind>::list.size(),
                "contraindication_kinds");
    check_table(data_.contraindication_actions, Names<ContraindicationAction>::list.size(),
                "contraindication_actions");
    for (const auto& row : data_.red_flag_actions)
      if (row.rank != static_cast<int>(row.id) + 1) report("red_flag_actions", "has a wrong rank");
    for (const auto& row : data_.contraindication_actions)
      if (row.rank != static_cast<int>(row.id) + 1 || row.patient_message.empty())
        report("contraindication_actions", "has a wrong rank or no patient_message");
  }

  void check_flag(const RedFlag& flag) {
    const auto where = "red_flags[" + flag.id + "]";
    const auto at_least = flag.yes_when.items_at_least;
    const bool has_items = !flag.items.empty();
    if (at_least < 0 || at_least > static_cast<int>(flag.items.size()) ||
        (has_items ? at_least == 0 : !flag.yes_when.question_yes))
      report(where, "has a yes_when that is never or always met");
    if (flag.action <= RedFlagAction::refer_soon && !flag.blocks_bed)
      report(where, "is too urgent not to block the bed");
    for (const auto& item : flag.items)
      if (item.id.rfind(flag.id + ".", 0) != 0) report(where, "has the item id " + item.id);
    if (has_twice(ids_of(flag.items))) report(where, "has an item id twice");
    if (flag.patient_message.empty() || flag.route_uk.empty())
      report(where, "needs a patient_message and a route_uk");
    for (const auto* text :
         {&flag.patient_message, &flag.route_uk, &flag.question, &flag.help_text})
      check_shown(where, *text);
    for (const auto& item : flag.items) check_shown(where, item.text);
    for (const auto& combination : flag.combine_with) check_combination(flag, combination);
  }

  void check_combination(const RedFlag& flag, const Combination& combination) {
    const auto where = "red_flags[" + flag.id + "].combine_with";
    if (combination.with_any.empty()) report(where, "has no with_any");
    if (combination.patient_message.empty() || combination.route_uk.empty())
      report(where, "needs a patient_message and a route_uk");
    check_shown(where, combination.patient_message);
    check_shown(where, combination.route_uk);
    for (const auto& id : combination.with_any) {
      const auto other = flags_.find(id);
      if (other == flags_.end())
        report(where, "names the unknown flag " + id);
      else if (combination.then >= std::min(flag.action, other->second->action))
        report(where, "is dead: it does not raise the action with " + id);
    }
  }

  void check_contraindication(const Contraindication& each) {
    const auto where = "contraindications[" + each.id + "]";
    check_shown(where, each.question);
    check_shown(where, each.help_text);
    if (each.action == ContraindicationAction::supervise &&
        each.kind != ContraindicationKind::relative)
      report(where, "must be relative, as supervising does not block the bed");
    if ((each.answered_by == AnsweredBy::record) != holds(record_answered_ids, each.id))
      report(where, "is answered from the record by code that does not know it, or the reverse");
  }

  void check_shown(const std::string& where, const std::string& text) {
    if (text.find("rf_") != std::string::npos || text.find("ci_") != std::string::npos)
      report(where, "shows an internal id");
  }

  void check_ids() {
    auto ids = ids_of(data_.red_flags);
    for (const auto& each : data_.contraindications) ids.push_back(each.id);
    if (has_twice(ids)) report("red_flags and contraindications", "share or repeat an id");
    if (has_twice(ids_of(data_.devices))) report("devices", "has an id twice");
    for (const auto id : record_answered_ids)
      if (!holds(ids, id)) report("contraindications", "lacks " + std::string(id));
  }

  void check_questions() {
    Strings questions;
    for (const auto& flag : data_.red_flags) questions.push_back(flag.question);
    for (const auto& each : data_.contraindications) questions.push_back(each.question);
    if (has_twice(questions)) report("question", "is asked twice");
  }

  void check_ask_sets() {
    const auto& logic = data_.logic;
    std::set<std::string> asked(logic.ask_before_bed.begin(), logic.ask_before_bed.end());
    if (asked.size() != logic.ask_before_bed.size()) report("logic.ask_before_bed", "asks twice");
    for (const auto& id : logic.ask_before_bed)
      if (!flags_.count(id)) report("logic.ask_before_bed", "names the unknown flag " + id);
    for (const auto& id : logic.recheck_each_visit) {
      if (holds(ids_of(data_.contraindications), id)) continue;
      if (!flags_.count(id)) report("logic.recheck_each_visit", "names the unknown " + id);
      if (!asked.count(id)) report("logic.recheck_each_visit", "has " + id + ", never asked first");
    }
    for (const auto& symptom : symptoms_.symptoms)
      asked.insert(symptom.ask_red_flags.begin(), symptom.ask_red_flags.end());
    for (const auto& [id, flag] : flags_)
      if (!asked.count(id)) report("red_flags[" + id + "]", "is never asked");
  }

  void check_device(const DeviceModel& device) {
    std::set<LimitName> names;
    for (const auto& limit : device.limits)
      if (!names.insert(limit.name).second || limit.value <= 0)
        report("devices[" + device.id + "]", "has a limit twice, or one that is not positive");
    if (has_twice(device.zones)) report("devices[" + device.id + "]", "has a zone twice");
  }

  void check_numbers() {
    const auto& session = data_.session_defaults;
    const bool positive = data_.logic.rescreen_days > 0 && session.max_minutes_published > 0 &&
                          session.first_session_minutes > 0 && session.min_gap_hours > 0 &&
                          session.max_sessions_per_week > 0 && session.review_after_sessions > 0 &&
                          session.turnover_minutes >= 0 && session.clearance_valid_days > 0;
    if (!positive || session.first_session_minutes > session.max_minutes_published)
      report("session_defaults", "has a number that cannot be used");
  }

  void report(const std::string& where, std::string what) {
    findings_.push_back({"screening.json." + where, std::move(what)});
  }

  const ScreeningData& data_;
  const SymptomsData& symptoms_;
  Findings& findings_;
  std::map<std::string, const RedFlag*> flags_;
};

}  // namespace

void check_screening(const ScreeningData& data, const SymptomsData& symptoms, Findings& findings) {
  ScreeningCheck(data, symptoms, findings).run();
}

}  // namespace facet::knowledge
