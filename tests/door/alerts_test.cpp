// SPDX-License-Identifier: MPL-2.0
// What answers raise, what settles it, and what a clinician's decision lifts.
#include "door/safety.h"
#include "knowledge/catalogue.h"

using namespace facet;
using namespace facet::testing;

namespace {

const char* const saddle = "rf_ces_saddle.thighs";  // of an emergency

std::string flag_status(Bedded& ann, const std::string& rule) {
  const auto flags = ann.of("Flag", rule);
  return flags.empty() ? "none" : flags.front()["status"].get<std::string>();
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an answer of yes raises an issue and a flag, and a later no of a whole screening ends it") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  CHECK(ann.gate(60) == "open");
  const auto response = ann.screened(-500, {{"ci_anticoagulant", "unsure"}, {"rf_new_over_50", "yes"}});
  const auto issue = ann.issue("ci_anticoagulant");
  CHECK(issue["status"] == "final");
  CHECK(issue["severity"] == "moderate");
  CHECK(issue["patient"]["reference"] == "Patient/ann");
  CHECK(issue["identifiedDateTime"] == minutes_from_now(-500));
  CHECK(issue["implicated"][0]["reference"] == "QuestionnaireResponse/" + response);
  CHECK(issue["code"]["coding"][0]["display"] == "This needs a check first. You can use the bed once it "
                                                 "is cleared.");
  CHECK(!issue.contains("mitigation"));
  CHECK(says(ann.gate(60), "Screening (ci_anticoagulant)"));
  CHECK(flag_status(ann, "ci_anticoagulant") == "active");
  CHECK(flag_status(ann, "rf_new_over_50") == "active");  // a caution: shown, and it blocks nothing
  CHECK(ann.of("DetectedIssue", "rf_new_over_50").empty());

  ann.screened(-400, {{"ci_anticoagulant", "yes"}});
  CHECK(ann.of("DetectedIssue", "ci_anticoagulant").size() == 1);  // it is open already
  CHECK(flag_status(ann, "rf_new_over_50") == "inactive");

  ann.screened(-300);
  CHECK(ann.gate(60) == "open");
  const auto flag = ann.of("Flag", "ci_anticoagulant").front();
  CHECK(flag["status"] == "inactive");
  CHECK(flag["period"]["end"] == minutes_from_now(-300));

  ann.screened(-200, {{"ci_anticoagulant", "yes"}});
  CHECK(ann.of("DetectedIssue", "ci_anticoagulant").size() == 2);  // said no in between
  CHECK(ann.of("Flag", "ci_anticoagulant").size() == 2);
  CHECK(says(ann.gate(60), "Screening (ci_anticoagulant)"));
}

TEST_CASE("a red flag is settled by a whole screening only, a contraindication by a re-check as well") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  ann.rechecked(-300, {{saddle, "yes"}, {"ci_skin", "yes"}});
  CHECK(ann.issue("rf_ces_saddle")["severity"] == "high");
  CHECK(ann.issue("ci_skin")["severity"] == "high");
  CHECK(says(ann.gate(60), "rf_ces_saddle"));
  CHECK(says(ann.gate(60), "ci_skin"));
  ann.rechecked(-200);
  CHECK(says(ann.gate(60), "rf_ces_saddle"));
  CHECK(!says(ann.gate(60), "ci_skin"));
  CHECK(flag_status(ann, "rf_ces_saddle") == "active");
  CHECK(flag_status(ann, "ci_skin") == "inactive");
  ann.screened(-250);  // recorded late: after the yes, before the last re-check
  CHECK(ann.gate(60) == "open");
  CHECK(flag_status(ann, "rf_ces_saddle") == "inactive");
}

TEST_CASE("who says that something changed is asked everything again") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  ann.rechecked(-300, {{"ci_changed_since_last", "unsure"}});
  CHECK(says(ann.gate(60), "ci_changed_since_last"));
  ann.rechecked(-200);
  CHECK(says(ann.gate(60), "ci_changed_since_last"));
  const auto refused = ann.change(decided(ann.issue("ci_changed_since_last"), 900));
  CHECK(refused.status == 422);
  CHECK(says(refused.body, "whole screening"));
  ann.screened(-100);
  CHECK(ann.gate(60) == "open");
}

TEST_CASE("answers that are taken back leave their alarm until the patient is screened again") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  ann.screened(-300, {{saddle, "yes"}, {"ci_epilepsy", "yes"}});
  auto wrong = door.get(physio, "/fhir/QuestionnaireResponse/ann-screening1").json();
  auto other = wrong;
  other["item"][0]["answer"][0]["valueCoding"]["code"] = "unsure";
  CHECK(ann.change(other).status == 409);  // answers stay as they were given
  wrong["status"] = "entered-in-error";
  CHECK(ann.change(wrong).status == 200);
  CHECK(says(ann.gate(60), "rf_ces_saddle"));
  CHECK(says(ann.gate(60), "ci_epilepsy"));
  auto again = wrong;
  again["status"] = "completed";
  again["meta"]["versionId"] = "2";
  CHECK(ann.change(again).status == 409);
  ann.screened(-299);
  CHECK(ann.gate(60) == "open");
}

TEST_CASE("answers that break off raise the alarm too") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  Json short_one = screening("s", "ann", door.get(physio, "/fhir/Questionnaire/recheck").json());
  short_one["questionnaire"] = "urn:facet:questionnaire:recheck";
  short_one["status"] = "stopped";
  answer_with(short_one, saddle, "yes");
  while (short_one["item"].size() > 1) short_one["item"].erase(1);
  CHECK(door.put(physio, short_one).status == 201);
  ann.rechecked(-1);
  CHECK(says(ann.gate(60), "rf_ces_saddle"));
}

TEST_CASE("a clinician's decision lifts a relative contraindication until its last moment") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  ann.screened(-300, {{"ci_anticoagulant", "yes"}});
  const auto lifted = decided(ann.issue("ci_anticoagulant"), 100);
  REQUIRE(ann.change(lifted).status == 200);
  CHECK(ann.gate(60) == "open");
  const auto until =
      *base::parse_instant(lifted["mitigation"][0]["extension"][0]["valueInstant"].get<std::string>());
  CHECK(ann.gate_at(until - 1) == "open");
  CHECK(says(ann.gate_at(until), "ci_anticoagulant"));  // half-open
  CHECK(says(ann.gate_at(until + 60'000), "ci_anticoagulant"));
  const auto issue = ann.issue("ci_anticoagulant");
  CHECK(issue["status"] == "final");
  CHECK(issue["mitigation"][0]["author"]["display"] == "physiotherapist, HCPC PH-physio");
  CHECK(door.count("select count(*) from detected_issue where registration_expires = '" +
                   day_from_now(365) + "' and mitigation_sealed not like '%Zanzibar%'") == 1);
  ann.screened(-200, {{"ci_anticoagulant", "yes"}});  // the same yes again: still what was assessed
  CHECK(ann.gate(60) == "open");

  SECTION("withdrawn, it is closed at once") {
    auto withdrawn = issue;
    withdrawn.erase("mitigation");
    CHECK(ann.change(withdrawn).status == 200);
    CHECK(says(ann.gate(60), "ci_anticoagulant"));
  }
  SECTION("taken back, it is closed at once") {
    auto wrong = issue;
    wrong["status"] = "entered-in-error";
    CHECK(ann.change(wrong).status == 200);
    CHECK(says(ann.gate(60), "ci_anticoagulant"));
    wrong["status"] = "final";
    wrong["meta"]["versionId"] = "3";
    CHECK(ann.change(wrong).status == 409);
    ann.screened(-100, {{"ci_anticoagulant", "yes"}});  // and comes up anew
    REQUIRE(ann.change(decided(ann.issue("ci_anticoagulant"), 100)).status == 200);
    CHECK(ann.gate(60) == "open");
  }
  SECTION("raised anew after a no, it is not lifted") {
    ann.screened(-100);
    ann.screened(-50, {{"ci_anticoagulant", "yes"}});
    CHECK(says(ann.gate(60), "ci_anticoagulant"));
  }
  SECTION("raised anew after a no that was recorded late, it is not lifted") {
    ann.screened(-250);
    CHECK(says(ann.gate(60), "ci_anticoagulant"));
  }
  SECTION("the registration of whoever decided ends, and the gate closes") {
    REQUIRE(door.put(admin, practitioner("physio", day_from_now(-1)), "W/\"1\"").status == 200);
    CHECK(says(ann.gate(60), "ci_anticoagulant"));
  }
}

TEST_CASE("each kind of rule is lifted by what it allows, and by nothing less") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  struct Kind {
    const char* link_id;
    const char* rule;
    int plain, advised;  // status of a decision without and with a doctor's advice
    bool opens;
  };
  const std::vector<Kind> kinds{
      {"ci_bleeding", "ci_bleeding", 422, 422, false},              // absolute
      {"ci_skin", "ci_skin", 422, 422, false},                      // absolute, of a zone
      {"ci_infection_fever", "ci_infection_fever", 422, 422, false},
      {"ci_pacemaker", "ci_pacemaker", 400, 200, true},             // absolute for software
      {"ci_neck_artery", "ci_neck_artery", 400, 200, true},
      {"ci_port_device", "ci_port_device", 200, 200, true},         // relative
      {"rf_infection_risk", "rf_infection_risk", 200, 200, true},   // caution that blocks
      {"rf_lung_apex", "rf_lung_apex", 200, 200, true},             // refer soon
      {"rf_dvt", "rf_dvt", 200, 200, false},                        // same day: only recorded
      {"rf_ces_saddle", "rf_ces_saddle", 200, 200, false},          // emergency: only recorded
  };
  int minutes = -400;
  for (const auto& kind : kinds) {
    INFO(kind.rule);
    ann.screened(++minutes);
    REQUIRE(ann.gate(60) == "open");
    Json form = door.get(physio, "/fhir/Questionnaire/screening").json();
    std::string link_id = kind.link_id;
    for (const auto& item : form["item"])
      if (item["linkId"] == link_id && item.contains("item")) link_id = item["item"][0]["linkId"];
    ann.screened(++minutes, {{link_id, "yes"}});
    REQUIRE(says(ann.gate(60), kind.rule));
    const auto plain = ann.change(decided(ann.issue(kind.rule), 900));
    INFO(plain.body);
    CHECK(plain.status == kind.plain);
    if (kind.plain != 200) {
      CHECK(says(ann.gate(60), kind.rule));
      CHECK(ann.change(decided(ann.issue(kind.rule), 900, true)).status == kind.advised);
    }
    CHECK((ann.gate(60) == "open") == kind.opens);
  }
}

TEST_CASE("a rule that becomes graver is not lifted by what was decided when it was not") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  ann.screened(-300, {{"rf_cancer_history", "yes"}});
  REQUIRE(ann.change(decided(ann.issue("rf_cancer_history"), 900)).status == 200);
  CHECK(ann.gate(60) == "open");
  ann.screened(-200, {{"rf_cancer_history", "yes"}, {"rf_unwell_weight.weight", "yes"},
                      {"rf_unwell_weight.unwell", "yes"}});
  CHECK(says(ann.gate(60), "rf_cancer_history"));
  CHECK(ann.issue("rf_cancer_history")["severity"] == "high");
  REQUIRE(ann.change(decided(ann.issue("rf_cancer_history"), 900)).status == 200);
  CHECK(says(ann.gate(60), "rf_cancer_history"));
  ann.screened(-100, {{"rf_cancer_history", "yes"}});
  CHECK(says(ann.gate(60), "rf_cancer_history"));  // milder again: assessed again
  REQUIRE(ann.change(decided(ann.issue("rf_cancer_history"), 900)).status == 200);
  CHECK(ann.gate(60) == "open");
}

TEST_CASE("a decision is refused just outside each of its bounds") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  ann.screened(-300, {{"ci_anticoagulant", "yes"}, {"ci_pacemaker", "yes"}});
  const auto issue = ann.issue("ci_anticoagulant");
  const auto good = decided(issue, 900, true);
  const auto instant = [](std::int64_t from_now_ms) {
    return base::instant_text(real_now_ms() + from_now_ms);
  };
  struct Bad {
    const char* pointer;
    Json value;
    const char* field;
  };
  const std::string part = "DetectedIssue.mitigation[0].";
  const char* extension = "/mitigation/0/extension/0/valueInstant";
  const char* advice = "/mitigation/0/extension/1/extension";
  const std::vector<Bad> bads{
      {"/mitigation/0/date", instant(90'000), "date"},
      {"/mitigation/0/date", instant(-base::day_ms - 1000), "date"},
      {"/mitigation/0/date", minutes_from_now(-302), "date"},
      {extension, instant(-1000), "extension"},
      {extension, instant(91 * base::day_ms), "extension"},
      {extension, 7, "extension"},
      {"/mitigation/0/action/text", "  ", "action"},
      {"/mitigation/0/action/text", std::string(10'001, 'x'), "action"},
      {"/mitigation/0/author/reference", "Practitioner/other", "author"},
      {"/mitigation/0/extension/1/extension/2/valueDate", day_from_now(1), "extension"},
      {"/mitigation/0/extension/1/extension/2/valueDate", "2026-11", "extension"},
      {"/mitigation/0/extension/1/extension/0/valueString", "", "extension"},
      {advice, Json::array(), "extension"},
  };
  for (const auto& bad : bads) {
    auto spoilt = good;
    spoilt[Json::json_pointer(bad.pointer)] = bad.value;
    const auto answer = ann.change(spoilt);
    INFO(bad.pointer << " " << bad.value.dump() << answer.body);
    CHECK(answer.status == 400);
    CHECK(answer.field() == part + bad.field);
  }
  for (const auto& [pointer, value] : std::vector<std::pair<const char*, Json>>{
           {"/severity", "high"},
           {"/code/coding/0/code", "ci_epilepsy"},
           {"/identifiedDateTime", minutes_from_now(-299)},
           {"/implicated/0/reference", "QuestionnaireResponse/ann-q"}}) {
    auto spoilt = good;
    spoilt[Json::json_pointer(pointer)] = value;
    CHECK(ann.change(spoilt).status == 400);
  }
  auto made_up = good;
  made_up["id"] = "mine";
  CHECK(door.put(physio, made_up).status == 422);
  CHECK(door.put(physio, good).status == 409);  // without If-Match
  for (const auto& who : {reception, admin}) {
    CHECK(ann.change(good, who).status == 403);
    CHECK(door.get(who, "/fhir/DetectedIssue?patient=ann").status == 403);
    CHECK(door.get(who, "/fhir/Flag?patient=ann").status == 403);
  }
  const Who lapsed = base::Principal{"lapsed", {"physiotherapist"}, "", ""};
  CHECK(ann.change(decided(issue, 900, false, "lapsed"), lapsed).status == 400);
  CHECK(says(ann.gate(60), "ci_anticoagulant"));
  auto most = good;
  most[Json::json_pointer(extension)] = instant(90 * base::day_ms - 60'000);
  CHECK(ann.change(most).status == 200);
  CHECK(ann.change(most).status == 200);  // a retry
  CHECK(ann.issue("ci_anticoagulant")["meta"]["versionId"] == "2");
}

TEST_CASE("staff write alerts of their own, and leave those of rules alone") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  Json flag = resource("Flag", "f");
  flag["status"] = "active";
  flag["category"] = Json::array({code_of("urn:facet:flag", "contact")});
  flag["code"] = {{"text", "Xylophone: call the daughter"}};
  flag["subject"] = to("Patient/ann");
  flag["period"] = {{"start", minutes_from_now(-1)}};
  REQUIRE(door.put(physio, flag).status == 201);
  CHECK(door.get(physio, "/fhir/Flag/f").json()["code"]["text"] == "Xylophone: call the daughter");
  CHECK(door.count("select count(*) from flag where text_sealed like '%Xylophone%'") == 0);
  flag["status"] = "inactive";
  flag["period"]["end"] = minutes_from_now(1);
  CHECK(door.put(physio, flag, "W/\"1\"").status == 200);
  CHECK(door.get(physio, "/fhir/Flag/f/_history").json()["entry"].size() == 2);
  flag["period"]["end"] = minutes_from_now(-2);
  CHECK(door.put(physio, flag, "W/\"2\"").field() == "Flag.period");
  ann.screened(-300, {{"ci_epilepsy", "yes"}});
  auto raised = ann.of("Flag", "ci_epilepsy").front();
  raised["status"] = "inactive";
  CHECK(ann.change(raised).status == 400);
  raised["code"] = {{"text", "nothing"}};
  CHECK(ann.change(raised).status == 422);
}

TEST_CASE("what the rules raise holds no staff note and no diagnosis") {
  Door door(Dialect::sqlite);
  Bedded ann(door, "ann");
  std::map<std::string, std::string> all;
  const auto form = door.get(physio, "/fhir/Questionnaire/screening").json();
  for (const auto& item : form["item"]) {
    if (item["type"] != "group") all[item["linkId"]] = "yes";
    if (item.contains("item"))
      for (const auto& child : item["item"]) all[child["linkId"]] = "yes";
  }
  ann.screened(-300, all);
  const auto issues = door.get(physio, "/fhir/DetectedIssue?patient=ann&_count=200").body;
  const auto flags = door.get(physio, "/fhir/Flag?patient=ann&_count=200").body;
  const auto& catalogue = knowledge::catalogue();
  for (const auto& flag : catalogue.red_flags()) {
    INFO(flag.id);
    if (flag.staff_note.empty()) continue;
    CHECK(!says(issues + flags, flag.staff_note));
  }
  for (const auto& rule : catalogue.contraindications()) {
    CHECK(!says(issues + flags, rule.why));
    if (!rule.clear_note.empty()) CHECK(!says(issues + flags, rule.clear_note));
  }
  CHECK(ann.of("Flag", "rf_ces_saddle").size() == 1);
}
