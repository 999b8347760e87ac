// SPDX-License-Identifier: MPL-2.0
#include "knowledge/screening_rules.h"

#include <algorithm>
#include <set>

#include "knowledge/red_flag_decision.h"

namespace facet::knowledge {
namespace {

using base::Result;

void add_once(std::vector<std::string>& list, const std::string& id) {
  if (std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
}

/// One evaluation. Combinations are applied after every red flag has been decided.
class Evaluation {
 public:
  Evaluation(const Catalogue& catalogue, const Answers& answers)
      : catalogue_(catalogue), answers_(answers) {
    for (const auto& flag : catalogue.red_flags()) decisions_[flag.id] = decide(flag, answers);
  }

  ScreeningResult run(const std::vector<std::string>& asked) {
    for (const auto& id : asked) find_unanswered(id);
    result_.complete = result_.unanswered.empty();
    for (const auto& flag : catalogue_.red_flags())
      if (is_yes(flag.id)) add_red_flag(flag);
    most_urgent_first(result_.blocks);
    most_urgent_first(result_.cautions);
    for (const auto& each : catalogue_.contraindications())
      if (const auto answer = answers_.find(each.id);
          answer != answers_.end() && answer->second != Answer::no)
        add_contraindication(each, answer->second == Answer::unsure);
    return std::move(result_);
  }

 private:
  bool is_yes(const std::string& flag_id) const {
    return decisions_.at(flag_id).value == RedFlagDecision::yes;
  }

  void find_unanswered(const std::string& id) {
    if (const auto decision = decisions_.find(id); decision != decisions_.end()) {
      for (const auto& link_id : decision->second.missing) add_once(result_.unanswered, link_id);
    } else if (!answers_.count(id)) {
      add_once(result_.unanswered, id);
    }
  }

  void add_red_flag(const RedFlag& flag) {
    Reason reason{};
    reason.rule_id = flag.id;
    reason.red_flag_action = flag.action;
    reason.patient_message = flag.patient_message;
    reason.route_uk = flag.route_uk;
    reason.clear_role = ClearRole::clinician;
    reason.unsure = decisions_.at(flag.id).unsure;
    for (const auto& combination : flag.combine_with) raise(reason, combination);
    if (!result_.highest_action || *reason.red_flag_action < *result_.highest_action)
      result_.highest_action = reason.red_flag_action;
    add_note(flag.id, flag.staff_note);
    const bool blocks = flag.blocks_bed || *reason.red_flag_action <= RedFlagAction::refer_soon;
    (blocks ? result_.blocks : result_.cautions).push_back(std::move(reason));
  }

  void raise(Reason& reason, const Combination& combination) const {
    std::vector<std::string> with;
    for (const auto& id : combination.with_any)
      if (is_yes(id)) with.push_back(id);
    if (with.empty() || combination.then >= *reason.red_flag_action) return;
    reason.red_flag_action = combination.then;
    reason.patient_message = combination.patient_message;
    reason.route_uk = combination.route_uk;
    reason.raised_by = std::move(with);
  }

  void add_contraindication(const Contraindication& each, bool unsure) {
    Reason reason{};
    reason.rule_id = each.id;
    reason.kind = each.kind;
    reason.contraindication_action = each.action;
    reason.zone = each.zone;
    reason.patient_message = catalogue_.text_of(each.action).patient_message;
    reason.clear_role = each.clear_role;
    if (unsure) reason.unsure.push_back(each.id);
    add_note(each.id, each.why);
    add_note(each.id, each.clear_note);
    if (each.id == "ci_changed_since_last") result_.ask_all_again = true;
    const bool blocks = each.action != ContraindicationAction::supervise;
    (blocks ? result_.blocks : result_.cautions).push_back(std::move(reason));
  }

  void add_note(const std::string& rule_id, const std::string& text) {
    if (!text.empty()) result_.staff_notes.push_back({rule_id, text});
  }

  static void most_urgent_first(std::vector<Reason>& reasons) {
    std::stable_sort(reasons.begin(), reasons.end(), [](const Reason& a, const Reason& b) {
      return *a.red_flag_action < *b.red_flag_action;
    });
  }

  const Catalogue& catalogue_;
  const Answers& answers_;
  std::map<std::string, RedFlagDecision> decisions_;
  ScreeningResult result_;
};

bool is_question(const Catalogue& catalogue, const std::string& id) {
  return catalogue.find_red_flag(id) || catalogue.find_contraindication(id);
}

}  // namespace

const Reason* ScreeningResult::shown_first() const {
  for (const auto* list : {&blocks, &cautions})
    for (const auto& reason : *list)
      if (highest_action && reason.red_flag_action == highest_action) return &reason;
  return nullptr;
}

Result<std::vector<std::string>> ask_set(const Catalogue& catalogue,
                                         const std::vector<std::string>& symptom_ids) {
  auto asked = catalogue.logic().ask_before_bed;
  for (const auto& id : symptom_ids) {
    const auto* symptom = catalogue.find_symptom(id);
    if (!symptom) return base::invalid(id, "This symptom is not in the catalogue.");
    for (const auto& flag : symptom->ask_red_flags) add_once(asked, flag);
  }
  for (const auto& each : catalogue.contraindications()) asked.push_back(each.id);
  return asked;
}

Result<ScreeningResult> evaluate(const Catalogue& catalogue, const Answers& answers,
                                 const std::vector<std::string>& ask_set) {
  for (const auto& [link_id, answer] : answers)
    if (!is_question(catalogue, link_id) && !catalogue.find_red_flag_of_item(link_id))
      return base::invalid(link_id, "No screening question has this linkId.");
  for (const auto& id : ask_set)
    if (!is_question(catalogue, id))
      return base::invalid(id, "No screening question has this linkId.");
  return Evaluation(catalogue, answers).run(ask_set);
}

Result<ScreeningResult> screen(const Catalogue& catalogue, const Answers& answers,
                               const std::vector<std::string>& symptom_ids) {
  const auto asked = ask_set(catalogue, symptom_ids);
  if (!asked) return tl::unexpected(asked.error());
  return evaluate(catalogue, answers, *asked);
}

Result<ScreeningResult> recheck(const Catalogue& catalogue, const Answers& answers) {
  return evaluate(catalogue, answers, catalogue.logic().recheck_each_visit);
}

bool rescreen_due(const Catalogue& catalogue, std::int64_t screened_at_ms, std::int64_t at_ms) {
  constexpr std::int64_t day_ms = 86'400'000;
  return at_ms - screened_at_ms >= catalogue.logic().rescreen_days * day_ms;
}

}  // namespace facet::knowledge
