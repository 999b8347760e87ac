// SPDX-License-Identifier: MPL-2.0
#include "knowledge/measure_score.h"

#include <catch2/catch.hpp>
#include <random>

using namespace facet::knowledge;

namespace {

const Measure& nprs() {
  return *find_measure("nprs");
}
const Measure& psfs() {
  return *find_measure("psfs");
}
const Measure& rmdq() {
  return *find_measure("rmdq-24");
}
const Measure& pgic() {
  return *find_measure("change");
}

ItemAnswer number(int value) {
  return {value, {}, ""};
}
ItemAnswer tick(bool value = true) {
  return {{}, value, ""};
}
ItemAnswer activity(const std::string& text, std::optional<int> value) {
  return {value, {}, text};
}

MeasureAnswers pain(int now, int average, int worst) {
  return {{"now", number(now)}, {"average", number(average)}, {"worst", number(worst)}};
}

MeasureAnswers activities(const std::vector<int>& scores) {
  MeasureAnswers answers;
  for (std::size_t i = 0; i < scores.size(); ++i)
    answers["activity" + std::to_string(i + 1)] =
        activity("Activity no. " + std::to_string(i), scores[i]);
  return answers;
}

MeasureAnswers ticks(int count) {
  MeasureAnswers answers;
  for (int i = 1; i <= count; ++i) answers["item" + std::to_string(i)] = tick();
  return answers;
}

int scored(const Measure& measure, const MeasureAnswers& answers) {
  const auto result = score(measure, answers);
  REQUIRE(result);
  REQUIRE(result->complete());
  return *result->hundredths;
}

Difference moved(const Measure& measure, const MeasureAnswers& first, const MeasureAnswers& now) {
  const auto result = change(measure, first, now);
  REQUIRE(result);
  REQUIRE(result->score);
  return *result->score;
}

std::string refused(const Measure& measure, const std::string& id, const ItemAnswer& answer) {
  const auto result = score(measure, {{id, answer}});
  return result ? "" : result.error().field;
}

/// A random but valid set of answers; an item is left out with the given chance.
MeasureAnswers random_answers(const Measure& measure, std::mt19937& random, double left_out) {
  std::bernoulli_distribution skip(left_out), coin(0.5);
  MeasureAnswers answers;
  for (const auto& item : measure.items) {
    if (skip(random)) continue;
    std::uniform_int_distribution<int> value(item.min, item.max);
    if (item.kind == ItemKind::tick)
      answers[item.id] = tick(coin(random));
    else if (item.kind == ItemKind::integer)
      answers[item.id] = number(value(random));
    else
      answers[item.id] = activity("do " + item.id, value(random));
  }
  return answers;
}

}  // namespace

TEST_CASE("the pain score is the average of 7 days, once all three are answered") {
  CHECK(scored(nprs(), pain(2, 5, 9)) == 500);
  auto answers = pain(2, 5, 9);
  answers.erase("worst");
  const auto result = score(nprs(), answers);
  REQUIRE(result);
  CHECK_FALSE(result->complete());
  CHECK_FALSE(result->hundredths);
  CHECK(result->missing == Strings{"worst"});
  CHECK(score(nprs(), {})->missing == Strings{"now", "average", "worst"});
}

TEST_CASE("an untouched Roland-Morris sentence is not ticked, as published") {
  CHECK(scored(rmdq(), {}) == 0);
  CHECK(scored(rmdq(), ticks(24)) == 2400);
  auto answers = ticks(7);
  answers["item20"] = tick(false);
  CHECK(scored(rmdq(), answers) == 700);
}

TEST_CASE("the patient-specific score is the mean of three to five activities, in hundredths") {
  CHECK(scored(psfs(), activities({5, 5, 6})) == 533);
  CHECK(scored(psfs(), activities({5, 6, 6})) == 567);
  CHECK(scored(psfs(), activities({1, 2, 3, 4})) == 250);
  CHECK(scored(psfs(), activities({10, 10, 10, 10, 10})) == 1000);
  CHECK(score(psfs(), activities({4, 4}))->missing == Strings{"activity3"});
  CHECK(score(psfs(), {})->missing == Strings{"activity1", "activity2", "activity3"});
}

TEST_CASE("an activity that is named must be rated") {
  auto answers = activities({4, 4, 4});
  answers["activity5"] = activity("swim", {});
  CHECK(score(psfs(), answers)->missing == Strings{"activity5"});
  answers = activities({4, 4});
  answers["activity4"] = activity("swim", {});
  CHECK(score(psfs(), answers)->missing == Strings{"activity4"});
}

TEST_CASE("any three activities will do") {
  auto answers = activities({1, 2, 3, 4, 5});
  answers.erase("activity1");
  answers.erase("activity3");
  CHECK(scored(psfs(), answers) == 367);
}

TEST_CASE("just outside each range is refused by item, just inside is not") {
  for (const auto& measure : measures().all())
    for (const auto& item : measure.items) {
      if (item.kind == ItemKind::tick) continue;
      const std::string words = item.kind == ItemKind::activity ? "walk" : "";
      const auto of = [&](int value) { return ItemAnswer{value, {}, words}; };
      INFO(measure.id << " " << item.id);
      CHECK(refused(measure, item.id, of(item.min - 1)) == item.id);
      CHECK(refused(measure, item.id, of(item.max + 1)) == item.id);
      CHECK(refused(measure, item.id, of(item.min)).empty());
      CHECK(refused(measure, item.id, of(item.max)).empty());
    }
}

TEST_CASE("an answer of another kind is refused by item") {
  CHECK(refused(nprs(), "later", number(3)) == "later");
  CHECK(refused(nprs(), "now", tick()) == "now");
  CHECK(refused(nprs(), "now", {}) == "now");
  CHECK(refused(nprs(), "now", {3, {}, "three"}) == "now");
  CHECK(refused(nprs(), "now", {3, true, ""}) == "now");
  CHECK(refused(rmdq(), "item1", number(1)) == "item1");
  CHECK(refused(rmdq(), "item1", {1, true, ""}) == "item1");
  CHECK(refused(rmdq(), "item25", tick()) == "item25");
  CHECK(refused(psfs(), "activity1", number(5)) == "activity1");
  CHECK(refused(psfs(), "activity1", activity(" \t", 5)) == "activity1");
  CHECK(refused(psfs(), "activity1", activity(std::string(201, 'x'), 5)) == "activity1");
  CHECK(refused(psfs(), "activity1", activity(std::string(200, 'x'), 5)).empty());
  CHECK_FALSE(change(nprs(), pain(1, 1, 11), pain(1, 1, 1)));
  CHECK_FALSE(change(nprs(), pain(1, 1, 1), pain(1, -1, 1)));
}

TEST_CASE("pain: 2 points or 30 percent for the better exceed the published figure") {
  const auto of = [](int first, int now) {
    return moved(nprs(), pain(0, first, 10), pain(0, now, 10));
  };
  auto d = of(10, 8);
  CHECK(d.first == 1000);
  CHECK(d.now == 800);
  CHECK(d.difference == -200);
  CHECK(d.course == Course::better);
  CHECK(d.meaningful == Meaningful::yes);
  CHECK(d.by_points);
  CHECK_FALSE(d.by_percent);
  d = of(3, 2);  // 33 %
  CHECK(d.meaningful == Meaningful::yes);
  CHECK_FALSE(d.by_points);
  CHECK(d.by_percent);
  d = of(10, 7);
  CHECK((d.by_points && d.by_percent));
  CHECK(of(10, 9).meaningful == Meaningful::no);
  CHECK(of(4, 3).meaningful == Meaningful::no);  // 25 %
  CHECK(of(5, 5).course == Course::same);
  CHECK(of(5, 5).meaningful == Meaningful::no);
}

TEST_CASE("where the figure is of improvement only, a change for the worse has none") {
  const auto d = moved(nprs(), pain(0, 2, 3), pain(0, 9, 10));
  CHECK(d.course == Course::worse);
  CHECK(d.difference == 700);
  CHECK(d.meaningful == Meaningful::not_applicable);
  CHECK_FALSE((d.by_points || d.by_percent));
}

TEST_CASE("a first score of 0 leaves no percent") {
  const auto d = moved(rmdq(), {}, {});
  CHECK(d.course == Course::same);
  CHECK(d.meaningful == Meaningful::no);
}

TEST_CASE("pain: each of the three numbers has its own change") {
  const auto result = *change(nprs(), pain(8, 6, 9), pain(5, 6, 8));
  REQUIRE(result.items.size() == 3);
  CHECK(result.items[0].item_id == "now");
  CHECK(result.items[0].difference.meaningful == Meaningful::yes);
  CHECK(result.items[1].difference.course == Course::same);
  CHECK(result.items[2].difference.meaningful == Meaningful::no);
  CHECK(result.compared == Strings{"average"});
}

TEST_CASE("Roland-Morris: 5 ticks or 30 percent fewer") {
  const auto of = [](int first, int now) { return moved(rmdq(), ticks(first), ticks(now)); };
  CHECK(of(20, 15).by_points);
  CHECK_FALSE(of(20, 15).by_percent);
  CHECK(of(20, 16).meaningful == Meaningful::no);
  CHECK(of(10, 7).by_percent);  // exactly 30 %
  CHECK_FALSE(of(10, 7).by_points);
  CHECK(of(10, 8).meaningful == Meaningful::no);
  CHECK(change(rmdq(), ticks(3), ticks(2))->items.empty());
}

TEST_CASE("patient-specific: 2 points of the mean and 3 of one activity, either way") {
  auto d = moved(psfs(), activities({1, 2, 3}), activities({3, 4, 5}));
  CHECK(d.difference == 200);
  CHECK(d.course == Course::better);
  CHECK(d.meaningful == Meaningful::yes);
  d = moved(psfs(), activities({1, 2, 3}), activities({3, 4, 4}));  // 1.67
  CHECK(d.difference == 167);
  CHECK(d.meaningful == Meaningful::no);
  d = moved(psfs(), activities({5, 5, 5}), activities({3, 3, 3}));
  CHECK(d.course == Course::worse);
  CHECK(d.meaningful == Meaningful::yes);
  const auto result = *change(psfs(), activities({1, 2, 3}), activities({4, 4, 3}));
  CHECK(result.items[0].difference.meaningful == Meaningful::yes);
  CHECK(result.items[1].difference.meaningful == Meaningful::no);
}

TEST_CASE("patient-specific: only the same activities are compared, and it says so") {
  const auto first = activities({2, 2, 2, 8});
  auto now = activities({6, 6, 6, 10});
  now["activity4"] = activity("something else", 10);
  now["activity5"] = activity("swim", 1);
  auto result = *change(psfs(), first, now);
  REQUIRE(result.score);
  CHECK(result.score->first == 200);
  CHECK(result.score->now == 600);
  CHECK(result.compared == Strings{"activity1", "activity2", "activity3"});
  CHECK(result.not_compared == Strings{"activity4", "activity5"});

  now["activity4"] = activity("  ACTIVITY no. 3 ", 10);
  result = *change(psfs(), first, now);
  CHECK(result.compared.size() == 4);
  CHECK(result.not_compared == Strings{"activity5"});
}

TEST_CASE("with no activity in common, or a score incomplete, there is no change of the score") {
  MeasureAnswers other;
  for (const auto* id : {"activity1", "activity2", "activity3"})
    other[id] = activity(std::string("new ") + id, 5);
  CHECK_FALSE(change(psfs(), activities({1, 2, 3}), other)->score);
  const auto partly = *change(psfs(), activities({1, 2, 3}), activities({4, 5}));
  CHECK_FALSE(partly.score);
  CHECK(partly.items.size() == 2);
  CHECK(partly.not_compared == Strings{"activity3"});
}

TEST_CASE("the change question is itself the change") {
  const auto of = [](int value) { return moved(pgic(), {}, {{"change", number(value)}}); };
  CHECK(of(2).meaningful == Meaningful::yes);
  CHECK(of(2).by_points);
  CHECK(of(3).difference == 300);
  CHECK(of(1).meaningful == Meaningful::no);
  CHECK(of(1).course == Course::better);
  CHECK(of(0).course == Course::same);
  CHECK(of(-3).course == Course::worse);
  CHECK(of(-3).meaningful == Meaningful::not_applicable);
  CHECK_FALSE(change(pgic(), {}, {})->score);
}

TEST_CASE("property: a score lies in its range, and one answer higher never lowers it") {
  std::mt19937 random(20260101);
  for (const auto& measure : measures().all()) {
    const auto range = score_range(measure);
    for (int round = 0; round < 500; ++round) {
      auto answers = random_answers(measure, random, 0.2);
      const auto before = *score(measure, answers);
      CHECK(before.complete() == before.hundredths.has_value());
      if (!before.complete()) continue;
      REQUIRE(*before.hundredths >= range.min);
      REQUIRE(*before.hundredths <= range.max);
      for (const auto& item : measure.items) {
        const auto found = answers.find(item.id);
        if (found == answers.end()) continue;
        auto more = answers;
        auto& answer = more[item.id];
        if (answer.tick)
          answer.tick = true;
        else if (*answer.number < item.max)
          ++*answer.number;
        REQUIRE(*score(measure, more)->hundredths >= *before.hundredths);
      }
    }
  }
}

TEST_CASE("property: there and back is the same distance, and further is never less meaningful") {
  std::mt19937 random(7);
  for (const auto& measure : measures().all()) {
    if (measure.meaningful_change.of == ChangeOf::answer) continue;
    for (int round = 0; round < 500; ++round) {
      const auto a = random_answers(measure, random, 0), b = random_answers(measure, random, 0);
      const auto there = moved(measure, a, b), back = moved(measure, b, a);
      REQUIRE(there.difference == -back.difference);
      REQUIRE((there.course == Course::same) == (there.difference == 0));
      REQUIRE((there.course == Course::better) == (back.course == Course::worse));
      REQUIRE((there.meaningful == Meaningful::yes) == (there.by_points || there.by_percent));
      if (there.course == Course::better && there.meaningful == Meaningful::yes) {
        auto further = b;
        for (const auto& item : measure.items) {
          auto& answer = further[item.id];
          if (answer.tick) answer.tick = false;
          if (answer.number) answer.number = measure.better == Better::lower ? item.min : item.max;
        }
        REQUIRE(moved(measure, a, further).meaningful == Meaningful::yes);
      }
    }
  }
}

TEST_CASE("property: taking away a rating never completes a score") {
  std::mt19937 random(11);
  for (const auto& measure : measures().all()) {
    if (measure.scoring.rule == ScoringRule::count) continue;
    for (int round = 0; round < 300; ++round) {
      const auto answers = random_answers(measure, random, 0.3);
      if (score(measure, answers)->complete()) continue;
      for (const auto& [id, answer] : answers) {
        auto fewer = answers;
        fewer.erase(id);
        REQUIRE_FALSE(score(measure, fewer)->complete());
      }
    }
  }
}
