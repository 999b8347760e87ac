// SPDX-License-Identifier: MPL-2.0
#include "knowledge/measure_score.h"

#include <algorithm>
#include <cstdlib>

namespace facet::knowledge {
namespace {

using base::Result;
using base::Status;

constexpr std::size_t most_text_bytes = 200;

std::string_view trimmed(std::string_view text) {
  constexpr auto blank = " \t\r\n";
  const auto begin = text.find_first_not_of(blank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

std::string folded(std::string_view text) {
  std::string result;
  for (const char c : trimmed(text))
    result.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  return result;
}

Status check_answer(const MeasureItem& item, const ItemAnswer& answer) {
  const bool is_tick = item.kind == ItemKind::tick;
  if (answer.tick.has_value() != is_tick)
    return base::invalid(item.id, is_tick ? "This item is ticked or not."
                                          : "This item takes a whole number, not a tick.");
  if (is_tick && answer.number)
    return base::invalid(item.id, "This item is ticked or not; it takes no number.");
  if (item.kind != ItemKind::activity && !answer.text.empty())
    return base::invalid(item.id, "This item takes no words.");
  if (item.kind == ItemKind::integer && !answer.number)
    return base::invalid(item.id, "This item needs a whole number.");
  if (answer.number && (*answer.number < item.min || *answer.number > item.max))
    return base::invalid(item.id, "The number must be " + std::to_string(item.min) + " to " +
                                      std::to_string(item.max) + ".");
  if (item.kind == ItemKind::activity && trimmed(answer.text).empty())
    return base::invalid(item.id, "Name the activity in the patient's own words.");
  if (answer.text.size() > most_text_bytes)
    return base::invalid(item.id, "The words for an activity are at most 200 bytes.");
  return {};
}

Status check_answers(const Measure& measure, const MeasureAnswers& answers) {
  for (const auto& [id, answer] : answers) {
    const auto* item = measure.find_item(id);
    if (!item) return base::invalid(id, "No item of this measure has this id.");
    if (auto good = check_answer(*item, answer); !good) return good;
  }
  return {};
}

/// A score before it is rounded: sum / parts points.
struct Fraction {
  int sum = 0;
  int parts = 1;
};

int hundredths_of(Fraction score) {
  const int whole = score.sum * 100;
  const int half = score.parts / 2;
  return (whole + (whole < 0 ? -half : half)) / score.parts;
}

std::optional<int> number_in(const MeasureAnswers& answers, const std::string& id) {
  const auto found = answers.find(id);
  return found == answers.end() ? std::nullopt : found->second.number;
}

bool ticked(const MeasureAnswers& answers, const std::string& id) {
  const auto found = answers.find(id);
  return found != answers.end() && found->second.tick.value_or(false);
}

Strings missing_of_mean(const Measure& measure, const MeasureAnswers& answers, int rated) {
  Strings named, others;
  for (const auto& item : measure.items)
    if (!number_in(answers, item.id)) (answers.count(item.id) ? named : others).push_back(item.id);
  int wanted = measure.scoring.at_least - rated - static_cast<int>(named.size());
  for (const auto& id : others)
    if (wanted-- > 0) named.push_back(id);
  return named;
}

/// What is counted, and what is missing.
struct Sum {
  Fraction score;
  int items = 0;
  Strings missing;
};

Sum add_up(const Measure& measure, const MeasureAnswers& answers) {
  Sum sum;
  switch (measure.scoring.rule) {
    case ScoringRule::count:
      for (const auto& item : measure.items) sum.score.sum += ticked(answers, item.id);
      sum.items = static_cast<int>(measure.items.size());
      break;
    case ScoringRule::mean:
      for (const auto& item : measure.items)
        if (const auto number = number_in(answers, item.id)) {
          sum.score.sum += *number;
          ++sum.items;
        }
      sum.score.parts = std::max(1, sum.items);
      sum.missing = missing_of_mean(measure, answers, sum.items);
      break;
    case ScoringRule::single:
      sum.score.sum = number_in(answers, measure.scoring.item).value_or(0);
      sum.items = 1;
      for (const auto& item : measure.items)
        if (!answers.count(item.id)) sum.missing.push_back(item.id);
      break;
  }
  return sum;
}

/// Both scores have the same number of parts.
Difference compare(const Measure& measure, const Threshold& threshold, Fraction first,
                   Fraction now) {
  const int moved = now.sum - first.sum;
  Difference result{.first = hundredths_of(first),
                    .now = hundredths_of(now),
                    .difference = hundredths_of({moved, now.parts}),
                    .course = Course::same,
                    .meaningful = Meaningful::no,
                    .by_points = false,
                    .by_percent = false};
  if (moved != 0)
    result.course =
        (moved > 0) == (measure.better == Better::higher) ? Course::better : Course::worse;
  const bool percent_applies = threshold.percent > 0 && first.sum > 0;
  const bool wrong_way = result.course == Course::worse &&
                         measure.meaningful_change.direction == ChangeDirection::improvement;
  if (wrong_way || (threshold.points == 0 && !percent_applies)) {
    result.meaningful = Meaningful::not_applicable;
    return result;
  }
  result.by_points = threshold.points > 0 && std::abs(moved) >= threshold.points * now.parts;
  result.by_percent = percent_applies && std::abs(moved) * 100 >= threshold.percent * first.sum;
  if (result.by_points || result.by_percent) result.meaningful = Meaningful::yes;
  return result;
}

bool same_words(const MeasureItem& item, const MeasureAnswers& first, const MeasureAnswers& now) {
  return item.kind != ItemKind::activity ||
         folded(first.find(item.id)->second.text) == folded(now.find(item.id)->second.text);
}

bool comparable(const MeasureItem& item, const MeasureAnswers& first, const MeasureAnswers& now) {
  return number_in(first, item.id) && number_in(now, item.id) && same_words(item, first, now);
}

void compare_items(const Measure& measure, const MeasureAnswers& first, const MeasureAnswers& now,
                   Change& result) {
  for (const auto& item : measure.items) {
    if (comparable(item, first, now))
      result.items.push_back(
          {item.id, compare(measure, measure.meaningful_change.item, {*number_in(first, item.id)},
                            {*number_in(now, item.id)})});
    else if (item.kind != ItemKind::tick && (first.count(item.id) || now.count(item.id)))
      result.not_compared.push_back(item.id);
  }
}

/// The first score and the one of now, over the items that can be compared.
std::optional<std::pair<Fraction, Fraction>> comparable_scores(const Measure& measure, Sum first,
                                                               Sum now, Change& result) {
  if (!first.missing.empty() || !now.missing.empty()) return {};
  if (measure.scoring.rule == ScoringRule::count) {
    for (const auto& item : measure.items) result.compared.push_back(item.id);
  } else if (measure.scoring.rule == ScoringRule::single) {
    result.compared.push_back(measure.scoring.item);
  } else {
    first.score = now.score = {};
    for (const auto& [id, difference] : result.items) {
      first.score.sum += difference.first / 100;
      now.score.sum += difference.now / 100;
      result.compared.push_back(id);
    }
    if (result.compared.empty()) return {};
    first.score.parts = now.score.parts = static_cast<int>(result.compared.size());
  }
  return std::pair(first.score, now.score);
}

Change answered_change(const Measure& measure, const MeasureAnswers& now) {
  Change result;
  const auto sum = add_up(measure, now);
  if (!sum.missing.empty()) return result;
  result.score = compare(measure, measure.meaningful_change.score, {}, sum.score);
  result.compared.push_back(measure.scoring.item);
  return result;
}

}  // namespace

ScoreRange score_range(const Measure& measure) {
  if (measure.scoring.rule == ScoringRule::count)
    return {0, 100 * static_cast<int>(measure.items.size())};
  const auto& item = measure.scoring.rule == ScoringRule::single
                         ? *measure.find_item(measure.scoring.item)
                         : measure.items.front();
  return {100 * item.min, 100 * item.max};
}

Result<Score> score(const Measure& measure, const MeasureAnswers& answers) {
  if (auto good = check_answers(measure, answers); !good) return base::pass(good);
  auto sum = add_up(measure, answers);
  Score result{{}, sum.items, std::move(sum.missing)};
  if (result.complete()) result.hundredths = hundredths_of(sum.score);
  return result;
}

Result<Change> change(const Measure& measure, const MeasureAnswers& first,
                      const MeasureAnswers& now) {
  if (auto good = check_answers(measure, now); !good) return base::pass(good);
  if (measure.meaningful_change.of == ChangeOf::answer) return answered_change(measure, now);
  if (auto good = check_answers(measure, first); !good) return base::pass(good);
  Change result;
  compare_items(measure, first, now, result);
  if (const auto scores =
          comparable_scores(measure, add_up(measure, first), add_up(measure, now), result))
    result.score = compare(measure, measure.meaningful_change.score, scores->first, scores->second);
  return result;
}

}  // namespace facet::knowledge
