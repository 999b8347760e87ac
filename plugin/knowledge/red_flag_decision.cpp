// SPDX-License-Identifier: MPL-2.0
#include "knowledge/red_flag_decision.h"

#include <optional>

namespace facet::knowledge {
namespace {

std::optional<Answer> answer_to(const Answers& answers, const std::string& link_id) {
  const auto found = answers.find(link_id);
  if (found == answers.end()) return {};
  return found->second;
}

struct Ticks {
  int ticked = 0;
  Strings open;
  Strings unsure;
};

Ticks count_ticks(const RedFlag& flag, const Answers& answers) {
  Ticks ticks;
  for (const auto& item : flag.items) {
    const auto answer = answer_to(answers, item.id);
    if (!answer)
      ticks.open.push_back(item.id);
    else if (*answer != Answer::no)
      ++ticks.ticked;
    if (answer == Answer::unsure) ticks.unsure.push_back(item.id);
  }
  return ticks;
}

}  // namespace

RedFlagDecision decide(const RedFlag& flag, const Answers& answers) {
  using Decision = RedFlagDecision;
  const auto question = answer_to(answers, flag.id);
  auto ticks = count_ticks(flag, answers);
  if (question == Answer::no) {
    if (flag.yes_when.question_yes) return {Decision::no, {}, {}};
    ticks.open.clear();
  }
  const bool enough = ticks.ticked >= flag.yes_when.items_at_least;
  const bool out_of_reach =
      ticks.ticked + static_cast<int>(ticks.open.size()) < flag.yes_when.items_at_least;
  if (out_of_reach && (question || !flag.yes_when.question_yes)) return {Decision::no, {}, {}};

  Strings missing;
  if (flag.yes_when.question_yes && !question) missing.push_back(flag.id);
  if (!enough) missing.insert(missing.end(), ticks.open.begin(), ticks.open.end());
  if (!missing.empty()) return {Decision::undecided, std::move(missing), {}};
  if (question == Answer::unsure) ticks.unsure.insert(ticks.unsure.begin(), flag.id);
  return {Decision::yes, {}, std::move(ticks.unsure)};
}

}  // namespace facet::knowledge
