// SPDX-License-Identifier: MPL-2.0
#include "symptoms/screening_state.h"

#include "knowledge/red_flag_decision.h"

namespace facet::symptoms {
namespace {

using knowledge::Answer;
using knowledge::Answers;
using knowledge::Catalogue;

bool affirms(const Catalogue& catalogue, const Answers& answers, const std::string& rule_id) {
  if (const auto* flag = catalogue.find_red_flag(rule_id))
    return knowledge::decide(*flag, answers).value == knowledge::RedFlagDecision::yes;
  const auto found = answers.find(rule_id);
  return found != answers.end() && found->second != Answer::no;  // unsure counts as yes
}

void take_over(const knowledge::RedFlag& flag, const Answers& from, Answers& to) {
  const auto take = [&](const std::string& link_id) {
    to.erase(link_id);
    if (const auto found = from.find(link_id); found != from.end()) to.insert(*found);
  };
  take(flag.id);
  for (const auto& item : flag.items) take(item.id);
}

/// A re-check given at the same moment as a whole screening adds its yes, and takes nothing away.
bool counts(const Answered& answered) {
  return answered.recheck &&
         (!answered.whole || answered.recheck->authored_ms >= answered.whole->authored_ms);
}

bool settles(const Answered& answered, const std::string& rule_id) {
  return rule_id != changed_rule &&
         (!answered.whole || answered.recheck->authored_ms > answered.whole->authored_ms);
}

}  // namespace

Answers merged(const Catalogue& catalogue, const Answered& answered) {
  Answers answers = answered.whole ? answered.whole->answers : Answers{};
  if (!counts(answered)) return answers;
  const auto& recheck = answered.recheck->answers;
  for (const auto& rule_id : catalogue.logic().recheck_each_visit) {
    const bool yes = affirms(catalogue, recheck, rule_id);
    if (const auto* flag = catalogue.find_red_flag(rule_id)) {
      if (yes) take_over(*flag, recheck, answers);
    } else if (const auto found = recheck.find(rule_id); found != recheck.end()) {
      if (yes || settles(answered, rule_id)) answers[rule_id] = found->second;
    }
  }
  return answers;
}

const Given* source_of(const Catalogue& catalogue, const Answered& answered,
                       const std::string& rule_id) {
  if (counts(answered) && affirms(catalogue, answered.recheck->answers, rule_id))
    return &*answered.recheck;
  if (answered.whole && affirms(catalogue, answered.whole->answers, rule_id))
    return &*answered.whole;
  return nullptr;
}

bool denies(const Catalogue& catalogue, const Answers& answers, const std::string& rule_id) {
  if (const auto* flag = catalogue.find_red_flag(rule_id))
    return knowledge::decide(*flag, answers).value == knowledge::RedFlagDecision::no;
  const auto found = answers.find(rule_id);
  return found != answers.end() && found->second == Answer::no;
}

std::optional<std::int64_t> settled_after(const Catalogue& catalogue, const Answered& answered,
                                          const std::string& rule_id, std::int64_t at_ms) {
  const auto says_no = [&](const std::optional<Given>& given) {
    return given && given->authored_ms > at_ms && denies(catalogue, given->answers, rule_id);
  };
  if (says_no(answered.whole)) return answered.whole->authored_ms;
  const bool by_recheck = rule_id != changed_rule && catalogue.find_contraindication(rule_id);
  if (by_recheck && says_no(answered.recheck)) return answered.recheck->authored_ms;
  return {};
}

}  // namespace facet::symptoms
