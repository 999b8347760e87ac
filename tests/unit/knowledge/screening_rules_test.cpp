// SPDX-License-Identifier: MPL-2.0
#include "knowledge/screening_rules.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <random>
#include <set>

#include "knowledge/record_answers.h"
#include "knowledge/red_flag_decision.h"

using namespace facet::knowledge;

namespace {

const Strings no_symptoms;

Answers all_no(const Strings& symptoms = no_symptoms) {
  Answers answers;
  const auto asked = ask_set(catalogue(), symptoms);
  for (const auto& id : *asked) answers[id] = Answer::no;
  return answers;
}

ScreeningResult screened(const Answers& answers, const Strings& symptoms = no_symptoms) {
  auto result = screen(catalogue(), answers, symptoms);
  REQUIRE(result);
  return *result;
}

const Reason* reason(const std::vector<Reason>& reasons, const std::string& rule_id) {
  for (const auto& each : reasons)
    if (each.rule_id == rule_id) return &each;
  return nullptr;
}

bool has(const Strings& list, const std::string& id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

Answers ticked(const std::string& flag, Answer question, std::vector<Answer> items) {
  auto answers = all_no();
  answers[flag] = question;
  const auto& rows = catalogue().find_red_flag(flag)->items;
  for (std::size_t i = 0; i < items.size(); ++i) answers[rows[i].id] = items[i];
  return answers;
}

RedFlagDecision decided(const std::string& flag, const Answers& answers) {
  return decide(*catalogue().find_red_flag(flag), answers);
}

/// Every linkId that can be answered.
const Strings& every_link_id() {
  static const Strings ids = [] {
    Strings all;
    for (const auto& flag : catalogue().red_flags()) {
      all.push_back(flag.id);
      for (const auto& item : flag.items) all.push_back(item.id);
    }
    for (const auto& each : catalogue().contraindications()) all.push_back(each.id);
    return all;
  }();
  return ids;
}

/// Mostly no, as people answer; some yes, unsure and left out. `other` is the chance of each.
Answers random_answers(std::mt19937& random, double other) {
  std::uniform_real_distribution<double> chance(0, 1);
  Answers answers;
  for (const auto& id : every_link_id()) {
    const double drawn = chance(random);
    if (drawn < other) continue;
    answers[id] = drawn < 2 * other ? Answer::yes : drawn < 3 * other ? Answer::unsure : Answer::no;
  }
  return answers;
}

std::string random_symptom(std::mt19937& random) {
  const auto& all = catalogue().symptoms();
  return all[std::uniform_int_distribution<std::size_t>(0, all.size() - 1)(random)].id;
}

/// A dozen of the answers with this value, or of all; every answer would take too long.
Strings some_of(const Answers& answers, std::mt19937& random, std::optional<Answer> value = {}) {
  Strings ids;
  for (const auto& [id, answer] : answers)
    if (!value || answer == *value) ids.push_back(id);
  std::shuffle(ids.begin(), ids.end(), random);
  ids.resize(std::min<std::size_t>(ids.size(), 12));
  return ids;
}

std::set<std::string> blocking(const ScreeningResult& result) {
  std::set<std::string> ids;
  for (const auto& each : result.blocks) ids.insert(each.rule_id);
  return ids;
}

bool at_least_as_urgent(const ScreeningResult& after, const ScreeningResult& before) {
  return !before.highest_action ||
         (after.highest_action && *after.highest_action <= *before.highest_action);
}

/// As rules in code that read the catalogue and nothing else: what logic.rules says, naively.
bool naive_yes(const RedFlag& flag, const Answers& answers) {
  const auto positive = [&](const std::string& id) {
    const auto found = answers.find(id);
    return found != answers.end() && found->second != Answer::no;
  };
  int ticked = 0;
  for (const auto& item : flag.items) ticked += positive(item.id);
  return (!flag.yes_when.question_yes || positive(flag.id)) &&
         ticked >= flag.yes_when.items_at_least;
}

}  // namespace

TEST_CASE("everybody is asked the common flags, the symptom's own and every contraindication") {
  const auto common = *ask_set(catalogue(), {});
  CHECK(common.size() == 25 + 38);
  const auto head = *ask_set(catalogue(), {"headache", "headache", "headache_tension"});
  CHECK(has(head, "rf_thunderclap"));
  CHECK_FALSE(has(common, "rf_thunderclap"));
  CHECK(std::set<std::string>(head.begin(), head.end()).size() == head.size());
  CHECK(head.front() == "rf_ces_saddle");
}

TEST_CASE("an unknown symptom is refused by name") {
  const auto asked = ask_set(catalogue(), {"headache", "sore_hat"});
  REQUIRE_FALSE(asked);
  CHECK(asked.error().field == "sore_hat");
  CHECK_FALSE(screen(catalogue(), {}, {"sore_hat"}));
}

TEST_CASE("an answer to an unknown question is refused by name") {
  for (const auto* id : {"rf_nothing", "ci_nothing", "rf_ces_saddle.nowhere", ""}) {
    const auto result = screen(catalogue(), {{id, Answer::no}}, {});
    REQUIRE_FALSE(result);
    CHECK(result.error().code == facet::base::ErrorCode::invalid);
    CHECK(result.error().field == id);
  }
}

TEST_CASE("with every question answered no, nothing blocks and nothing is claimed") {
  const auto result = screened(all_no());
  CHECK(result.complete);
  CHECK(result.nothing_blocks());
  CHECK(result.unanswered.empty());
  CHECK_FALSE(result.highest_action);
  CHECK_FALSE(result.alert_staff());
  CHECK(result.cautions.empty());
  CHECK(result.staff_notes.empty());
  CHECK_FALSE(result.shown_first());
}

TEST_CASE("an unanswered question leaves the person unscreened") {
  auto answers = all_no();
  answers.erase("ci_pregnant");
  answers.erase("rf_dvt");
  const auto result = screened(answers);
  CHECK_FALSE(result.complete);
  CHECK_FALSE(result.nothing_blocks());
  CHECK(result.blocks.empty());
  CHECK(has(result.unanswered, "ci_pregnant"));
  CHECK(result.unanswered.size() == 1 + catalogue().find_red_flag("rf_dvt")->items.size());
  CHECK_FALSE(screened({}).complete);
}

TEST_CASE("a symptom's own flags must be answered too") {
  CHECK_FALSE(screened(all_no(), {"headache"}).complete);
  CHECK(screened(all_no({"headache"}), {"headache"}).complete);
}

TEST_CASE("one ticked item of a lead-in question is enough for an emergency") {
  const auto result = screened(ticked("rf_ces_saddle", Answer::no, {Answer::yes}));
  REQUIRE(result.complete);
  CHECK(result.highest_action == RedFlagAction::emergency);
  CHECK(result.alert_staff());
  const auto* saddle = reason(result.blocks, "rf_ces_saddle");
  REQUIRE(saddle);
  CHECK(saddle->route_uk == catalogue().find_red_flag("rf_ces_saddle")->route_uk);
  CHECK(saddle->clear_role == ClearRole::clinician);
  CHECK(result.shown_first() == saddle);
}

TEST_CASE("unsure counts as yes, for a question and for an item, and is told apart") {
  auto answers = all_no();
  answers["rf_leg_weak_fast"] = Answer::unsure;
  answers["rf_ces_saddle.thighs"] = Answer::unsure;
  answers["ci_pregnant"] = Answer::unsure;
  const auto result = screened(answers);
  REQUIRE(reason(result.blocks, "rf_leg_weak_fast"));
  CHECK(reason(result.blocks, "rf_leg_weak_fast")->unsure == Strings{"rf_leg_weak_fast"});
  REQUIRE(reason(result.blocks, "rf_ces_saddle"));
  CHECK(reason(result.blocks, "rf_ces_saddle")->unsure == Strings{"rf_ces_saddle.thighs"});
  REQUIRE(reason(result.blocks, "ci_pregnant"));
  CHECK(reason(result.blocks, "ci_pregnant")->unsure == Strings{"ci_pregnant"});
}

TEST_CASE("where the question counts, ticked items alone are not a yes") {
  CHECK(decided("rf_night_pain", ticked("rf_night_pain", Answer::no, {Answer::yes, Answer::yes}))
            .value == RedFlagDecision::no);
  CHECK(decided("rf_night_pain", ticked("rf_night_pain", Answer::yes, {Answer::yes, Answer::no}))
            .value == RedFlagDecision::no);
  CHECK(decided("rf_night_pain", ticked("rf_night_pain", Answer::yes, {Answer::yes, Answer::yes}))
            .value == RedFlagDecision::yes);
  CHECK(decided("rf_night_pain",
                ticked("rf_night_pain", Answer::unsure, {Answer::unsure, Answer::yes}))
            .value == RedFlagDecision::yes);
}

TEST_CASE("a lead-in question by itself is neither yes nor no") {
  const auto alone = decided("rf_ces_saddle", {{"rf_ces_saddle", Answer::yes}});
  CHECK(alone.value == RedFlagDecision::undecided);
  CHECK(alone.missing.size() == 4);
  CHECK(decided("rf_ces_saddle", {{"rf_ces_saddle", Answer::no}}).value == RedFlagDecision::no);
  Answers items;
  for (const auto& item : catalogue().find_red_flag("rf_ces_saddle")->items)
    items[item.id] = Answer::no;
  CHECK(decided("rf_ces_saddle", items).value == RedFlagDecision::no);
}

TEST_CASE("items left open matter only while they can still decide") {
  const auto& items = catalogue().find_red_flag("rf_gca")->items;  // two of four
  Answers answers{{items[0].id, Answer::yes}};
  CHECK(decided("rf_gca", answers).value == RedFlagDecision::undecided);
  CHECK(decided("rf_gca", answers).missing == Strings{items[1].id, items[2].id, items[3].id});
  answers[items[1].id] = Answer::yes;
  CHECK(decided("rf_gca", answers).value == RedFlagDecision::yes);
  answers = {{items[0].id, Answer::no}, {items[1].id, Answer::no}, {items[2].id, Answer::no}};
  CHECK(decided("rf_gca", answers).value == RedFlagDecision::no);
}

TEST_CASE("a question that counts is needed even when its items are answered") {
  auto answers = ticked("rf_aaa", Answer::no, {Answer::yes});
  answers.erase("rf_aaa");
  const auto decision = decided("rf_aaa", answers);
  CHECK(decision.value == RedFlagDecision::undecided);
  CHECK(decision.missing == Strings{"rf_aaa"});
}

TEST_CASE("two flags together raise the action and bring their own words") {
  auto answers = all_no();
  answers["rf_cancer_history"] = Answer::yes;
  auto result = screened(answers);
  CHECK(result.highest_action == RedFlagAction::refer_soon);
  CHECK_FALSE(result.alert_staff());
  REQUIRE(reason(result.blocks, "rf_cancer_history"));

  answers["rf_unwell_weight"] = Answer::yes;
  answers[catalogue().find_red_flag("rf_unwell_weight")->items[0].id] = Answer::yes;
  result = screened(answers);
  CHECK(result.highest_action == RedFlagAction::same_day);
  const auto* raised = reason(result.blocks, "rf_cancer_history");
  CHECK(raised->raised_by == Strings{"rf_unwell_weight"});
  CHECK(raised->patient_message ==
        "You have had cancer and your pain has a warning sign. You need a check today.");

  answers["rf_leg_weak_fast"] = Answer::yes;
  result = screened(answers);
  CHECK(result.highest_action == RedFlagAction::emergency);
  REQUIRE(result.shown_first());
  CHECK(result.shown_first()->rule_id == "rf_cancer_history");
  CHECK(result.shown_first()->raised_by == Strings{"rf_leg_weak_fast"});
  CHECK(result.shown_first()->route_uk ==
        "Go to A&E now. Do not drive. Call 999 if you cannot travel.");
  CHECK(result.blocks.front().rule_id == "rf_cancer_history");
}

TEST_CASE("a combination counts whichever answer came first, and also beyond the ask set") {
  auto answers = all_no();
  answers["rf_pleuritic"] = Answer::yes;  // not asked of everybody
  answers["rf_dvt"] = Answer::yes;
  answers[catalogue().find_red_flag("rf_dvt")->items[0].id] = Answer::yes;
  const auto result = screened(answers);
  CHECK(result.highest_action == RedFlagAction::emergency);
  CHECK(reason(result.blocks, "rf_pleuritic")->raised_by == Strings{"rf_dvt"});
}

TEST_CASE("every combination of the catalogue acts, in every pair that it names") {
  for (const auto& flag : catalogue().red_flags())
    for (const auto& combination : flag.combine_with)
      for (const auto& other : combination.with_any) {
        Answers answers;
        for (const auto& id : {flag.id, other}) {
          answers[id] = Answer::yes;
          for (const auto& item : catalogue().find_red_flag(id)->items)
            answers[item.id] = Answer::yes;
        }
        const auto result = evaluate(catalogue(), answers, {});
        INFO(flag.id << " with " << other);
        CHECK(result->highest_action == combination.then);
        CHECK(reason(result->blocks, flag.id)->patient_message == combination.patient_message);
      }
}

TEST_CASE("every red flag answered yes or unsure throughout acts as the catalogue says") {
  for (const auto& flag : catalogue().red_flags())
    for (const auto answer : {Answer::yes, Answer::unsure}) {
      Answers answers{{flag.id, answer}};
      for (const auto& item : flag.items) answers[item.id] = answer;
      const auto result = evaluate(catalogue(), answers, {flag.id});
      INFO(flag.id);
      REQUIRE(result);
      CHECK(result->complete);
      CHECK(result->highest_action == flag.action);
      CHECK((reason(result->blocks, flag.id) != nullptr) == flag.blocks_bed);
      CHECK((reason(result->cautions, flag.id) != nullptr) != flag.blocks_bed);
    }
}

TEST_CASE("a flag that does not block is a caution for the clinician") {
  auto answers = all_no();
  answers["rf_new_over_50"] = Answer::yes;
  const auto result = screened(answers);
  CHECK(result.nothing_blocks());
  REQUIRE(reason(result.cautions, "rf_new_over_50"));
  CHECK(result.highest_action == RedFlagAction::caution);
}

TEST_CASE("every contraindication but supervision blocks, and says who may lift it") {
  for (const auto& each : catalogue().contraindications()) {
    auto answers = all_no();
    answers[each.id] = Answer::yes;
    const auto result = screened(answers);
    const bool blocks = each.action != ContraindicationAction::supervise;
    const auto* found = reason(blocks ? result.blocks : result.cautions, each.id);
    INFO(each.id);
    REQUIRE(found);
    CHECK(result.nothing_blocks() != blocks);
    CHECK(found->kind == each.kind);
    CHECK(found->contraindication_action == each.action);
    CHECK(found->zone == each.zone);
    CHECK(found->clear_role == each.clear_role);
    CHECK_FALSE(found->patient_message.empty());
    CHECK_FALSE(result.highest_action);
  }
}

TEST_CASE("staff notes never reach the words for the patient") {
  Answers answers;
  for (const auto& flag : catalogue().red_flags()) {
    answers[flag.id] = Answer::yes;
    for (const auto& item : flag.items) answers[item.id] = Answer::yes;
  }
  for (const auto& each : catalogue().contraindications()) answers[each.id] = Answer::yes;
  const auto result = screened(answers);
  CHECK_FALSE(result.staff_notes.empty());
  for (const auto* list : {&result.blocks, &result.cautions})
    for (const auto& each : *list)
      for (const auto& note : result.staff_notes) {
        CHECK(each.patient_message.find(note.text) == std::string::npos);
        CHECK(each.route_uk.find(note.text) == std::string::npos);
      }
}

TEST_CASE("the words for the patient call nobody safe") {
  for (const auto& flag : catalogue().red_flags()) {
    CHECK(flag.patient_message.find("safe") == std::string::npos);
    for (const auto& each : flag.combine_with)
      CHECK(each.patient_message.find("safe") == std::string::npos);
  }
}

TEST_CASE("check-in asks the shorter set, and a change asks for everything again") {
  Answers answers;
  for (const auto& id : catalogue().logic().recheck_each_visit) answers[id] = Answer::no;
  auto result = *recheck(catalogue(), answers);
  CHECK(result.nothing_blocks());
  CHECK_FALSE(result.ask_all_again);
  answers["ci_changed_since_last"] = Answer::unsure;
  result = *recheck(catalogue(), answers);
  CHECK(result.ask_all_again);
  CHECK_FALSE(result.nothing_blocks());
  answers.erase("ci_skin");
  CHECK_FALSE(recheck(catalogue(), answers)->complete);
}

TEST_CASE("a screening is due again after its days, not before") {
  const std::int64_t days = 90LL * 86'400'000;
  CHECK_FALSE(rescreen_due(catalogue(), 1000, 1000 + days - 1));
  CHECK(rescreen_due(catalogue(), 1000, 1000 + days));
}

TEST_CASE("the record answers for age, weight and height") {
  const auto& bed = *catalogue().find_device("backhug");
  const auto of = [&](RecordFacts facts) { return record_answers(facts, bed); };
  CHECK(of({17, {}, {}}).at("ci_under_18") == Answer::yes);
  CHECK(of({18, {}, {}}).at("ci_under_18") == Answer::no);
  CHECK(of({74, {}, {}}).at("ci_age_75") == Answer::no);
  CHECK(of({75, {}, {}}).at("ci_age_75") == Answer::yes);
  CHECK(of({40, 165.0, {}}).at("ci_weight") == Answer::no);
  CHECK(of({40, 165.1, {}}).at("ci_weight") == Answer::yes);
  CHECK(of({40, 80.0, 149.9}).at("ci_height") == Answer::yes);
  CHECK(of({40, 80.0, 150.0}).at("ci_height") == Answer::no);
  CHECK(of({40, 80.0, 198.5}).at("ci_height") == Answer::yes);
}

TEST_CASE("what the record does not know stays unanswered") {
  const auto& bed = *catalogue().find_device("backhug");
  CHECK(record_answers({}, bed).empty());
  const double nonsense = std::numeric_limits<double>::quiet_NaN();
  CHECK(record_answers({-1, nonsense, 0.0}, bed).empty());
  const auto traction = record_answers({30, 80.0, 180.0}, *catalogue().find_device("drx9000"));
  CHECK(traction.size() == 2);
  CHECK_FALSE(traction.count("ci_weight"));
  DeviceModel lax = bed;
  lax.limits = {{LimitName::age_min_years, 12}, {LimitName::age_review_years, 90}};
  CHECK(record_answers({15, {}, {}}, lax).at("ci_under_18") == Answer::yes);
  CHECK(record_answers({80, {}, {}}, lax).at("ci_age_75") == Answer::yes);
}

TEST_CASE("a birth date that is not whole counts on the side that keeps the person from the bed") {
  using facet::base::PartialDate;
  const auto& bed = *catalogue().find_device("backhug");
  const PartialDate today{2026, 6, 15};
  const auto of = [&](PartialDate born, const char* id) {
    RecordFacts facts;
    set_age(facts, born, today);
    return record_answers(facts, bed).at(id);
  };
  const auto minor = [&](PartialDate born) { return of(born, "ci_under_18") == Answer::yes; };
  CHECK_FALSE(minor({2008, 6, 15}));
  CHECK(minor({2008, 6, 16}));
  CHECK(minor({2008, 0, 0}));
  CHECK_FALSE(minor({2007, 0, 0}));
  CHECK(minor({2008, 6, 0}));
  CHECK_FALSE(minor({2008, 5, 0}));
  const auto old = [&](PartialDate born) { return of(born, "ci_age_75") == Answer::yes; };
  CHECK(old({1951, 6, 15}));
  CHECK_FALSE(old({1951, 6, 16}));
  CHECK(old({1951, 0, 0}));
  CHECK_FALSE(old({1952, 0, 0}));
  CHECK(old({1951, 6, 0}));
  CHECK_FALSE(old({1951, 7, 0}));
}

TEST_CASE("property: a no that becomes unsure or yes removes no block and calms no action") {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    const auto answers = random_answers(random, 0.02 + 0.001 * (round % 100));
    const Strings symptoms{random_symptom(random)};
    const auto before = screened(answers, symptoms);
    const auto was = blocking(before);
    for (const auto& id : some_of(answers, random, Answer::no)) {
      for (const auto worse : {Answer::unsure, Answer::yes}) {
        auto changed = answers;
        changed[id] = worse;
        const auto after = screened(changed, symptoms);
        const auto is = blocking(after);
        INFO(id);
        REQUIRE(std::includes(is.begin(), is.end(), was.begin(), was.end()));
        REQUIRE(at_least_as_urgent(after, before));
        if (!before.nothing_blocks()) REQUIRE_FALSE(after.nothing_blocks());
      }
    }
  }
}

TEST_CASE("property: taking an answer away never completes a screening") {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    const auto answers = random_answers(random, 0.002 * (round % 50));
    const Strings symptoms{random_symptom(random)};
    const auto before = screened(answers, symptoms);
    for (const auto& id : some_of(answers, random)) {
      auto fewer = answers;
      fewer.erase(id);
      const auto after = screened(fewer, symptoms);
      INFO(id);
      if (!before.complete) REQUIRE_FALSE(after.complete);
      REQUIRE(after.complete == after.unanswered.empty());
    }
  }
}

TEST_CASE("property: unsure does what yes does") {
  std::mt19937 random(8);
  for (int round = 0; round < 300; ++round) {
    const auto answers = random_answers(random, 0.1);
    auto sure = answers;
    for (auto& [id, answer] : sure)
      if (answer == Answer::unsure) answer = Answer::yes;
    const auto a = screened(answers), b = screened(sure);
    REQUIRE(blocking(a) == blocking(b));
    REQUIRE(a.unanswered == b.unanswered);
    REQUIRE(a.highest_action == b.highest_action);
    REQUIRE(a.ask_all_again == b.ask_all_again);
  }
}

TEST_CASE("property: the reasons are those of the written rules") {
  std::mt19937 random(13);
  for (int round = 0; round < 300; ++round) {
    const auto answers = random_answers(random, 0.1);
    const auto result = screened(answers);
    for (const auto& flag : catalogue().red_flags()) {
      const bool listed =
          reason(result.blocks, flag.id) != nullptr || reason(result.cautions, flag.id) != nullptr;
      INFO(flag.id);
      // An open item may still be ticked, but what is ticked decides alone.
      REQUIRE(listed == naive_yes(flag, answers));
    }
    for (const auto& each : catalogue().contraindications()) {
      const auto found = answers.find(each.id);
      const bool positive = found != answers.end() && found->second != Answer::no;
      REQUIRE((reason(result.blocks, each.id) || reason(result.cautions, each.id)) == positive);
    }
  }
}

TEST_CASE("property: with any question of the ask set left open, nobody is screened") {
  const auto asked = *ask_set(catalogue(), {"sciatica"});
  const auto complete = all_no({"sciatica"});
  REQUIRE(screened(complete, {"sciatica"}).nothing_blocks());
  for (const auto& id : asked) {
    auto answers = complete;
    answers.erase(id);
    INFO(id);
    CHECK_FALSE(screened(answers, {"sciatica"}).complete);
    CHECK_FALSE(screened(answers, {"sciatica"}).nothing_blocks());
  }
}
