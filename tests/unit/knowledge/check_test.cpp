// SPDX-License-Identifier: MPL-2.0
#include "knowledge/check.h"

#include <catch2/catch.hpp>
#include <functional>

#include "base/json.h"
#include "files.h"
#include "knowledge/check_rules.h"

using namespace facet::knowledge;
using facet::base::Json;

namespace {

struct Files {
  Json symptoms = *facet::base::parse_json(symptoms_text());
  Json screening = *facet::base::parse_json(screening_text());

  static Json& row(Json& list, const std::string& id) {
    for (auto& each : list)
      if (each["id"] == id) return each;
    throw std::out_of_range(id);
  }
  Json& symptom(const std::string& id) { return row(symptoms["symptoms"], id); }
  Json& nerve(const std::string& id) { return row(symptoms["nerves"], id); }
  Json& level(const std::string& id) { return row(symptoms["spinal_levels"], id); }
  Json& flag(const std::string& id) { return row(screening["red_flags"], id); }
  Json& contraindication(const std::string& id) { return row(screening["contraindications"], id); }
  Json& device(const std::string& id) { return row(screening["devices"], id); }
};

struct Break {
  const char* what;
  std::function<void(Files&)> act;
  const char* finding;  // part of "where what"
};

bool found(const Findings& findings, const std::string& part) {
  for (const auto& each : findings)
    if ((each.where + " " + each.what).find(part) != std::string::npos) return true;
  return false;
}

void expect_each_found(const std::vector<Break>& breaks) {
  for (const auto& each : breaks) {
    Files files;
    each.act(files);
    const auto checked = read_and_check(files.symptoms.dump(), files.screening.dump());
    std::string all;
    for (const auto& finding : checked.findings) all += finding.where + " " + finding.what + "\n";
    INFO(each.what << "\nexpected: " << each.finding << "\nfindings:\n" << all);
    CHECK(found(checked.findings, each.finding));
  }
}

}  // namespace

TEST_CASE("the files as delivered have nothing wrong with them") {
  CHECK(read_and_check(symptoms_text(), screening_text()).findings.empty());
}

TEST_CASE("a broken shape is found") {
  expect_each_found({
      {"not JSON's object", [](Files& f) { f.symptoms = Json::array(); },
       "symptoms.json is not an object"},
      {"a null", [](Files& f) { f.symptom("sciatica")["plain_name"] = nullptr; },
       "symptoms[sciatica].plain_name is not text"},
      {"a missing key", [](Files& f) { f.symptom("sciatica").erase("bed"); },
       "symptoms[sciatica].bed is missing"},
      {"an unknown key", [](Files& f) { f.flag("rf_aaa")["colour"] = "red"; },
       "red_flags[rf_aaa].colour is not a known key"},
      {"a nested unknown key", [](Files& f) { f.symptom("sciatica")["bed"]["x"] = 1; },
       "symptoms[sciatica].bed.x is not a known key"},
      {"text for a number", [](Files& f) { f.screening["logic"]["rescreen_days"] = "90"; },
       "rescreen_days is not a whole number"},
      {"a fraction", [](Files& f) { f.screening["logic"]["rescreen_days"] = 1.5; },
       "rescreen_days is not a whole number"},
      {"a number too large", [](Files& f) { f.screening["logic"]["rescreen_days"] = 1LL << 40; },
       "rescreen_days is not a whole number"},
      {"text for a boolean", [](Files& f) { f.flag("rf_aaa")["blocks_bed"] = "true"; },
       "blocks_bed is not true or false"},
      {"a number among texts", [](Files& f) { f.symptom("sciatica")["roots"].push_back(5); },
       "roots holds something that is not text"},
      {"text for a list", [](Files& f) { f.symptom("sciatica")["roots"] = "L5"; },
       "roots is not a list"},
      {"a code outside a closed list", [](Files& f) { f.symptom("sciatica")["region"] = "toe"; },
       "\"toe\" is not in the closed list"},
      {"a closed list that grew",
       [](Files& f) { f.symptoms["meta"]["enumerations"]["region"].push_back("toe"); },
       "enumerations.region is not the closed list"},
      {"a clear role outside its list",
       [](Files& f) { f.contraindication("ci_skin")["clear_role"] = "janitor"; }, "\"janitor\""},
      {"a device limit outside its list",
       [](Files& f) { f.device("backhug")["limits"][0]["name"] = "toes"; }, "\"toes\""},
      {"an order of actions turned round",
       [](Files& f) {
         std::swap(f.screening["logic"]["order"][0], f.screening["logic"]["order"][1]);
       },
       "logic.order is not the closed list"},
      {"unsure treated as no", [](Files& f) { f.flag("rf_aaa")["unsure_treated_as"] = "no"; },
       "the rules need \"yes\""},
      {"a source tag that leads nowhere",
       [](Files& f) { f.contraindication("ci_skin")["source"].push_back("web"); },
       "\"web\" is not a source tag"},
      {"a meaning without its code",
       [](Files& f) { f.symptoms["meta"]["bed_reach_values"].erase("partial"); },
       "bed_reach_values.partial is missing"},
  });
}

TEST_CASE("a key given twice is found") {
  auto text = screening_text();
  text.insert(text.find('{') + 1, "\"logic\": {},");
  CHECK(found(read_and_check(symptoms_text(), text).findings, "the key \"logic\" twice"));
}

TEST_CASE("broken anatomy is found") {
  expect_each_found({
      {"a wrong check digit", [](Files& f) { f.symptom("headache")["snomed"]["id"] = "25064003"; },
       "25064003 has a wrong check digit"},
      {"levels out of order",
       [](Files& f) { std::swap(f.symptoms["spinal_levels"][3], f.symptoms["spinal_levels"][4]); },
       "are not C0-C1 to L5-S1 in order"},
      {"a wrong order number", [](Files& f) { f.level("T1-T2")["order"] = 9; }, "wrong order"},
      {"a root at another level",
       [](Files& f) {
         f.level("C7-T1")["exiting_roots"] = Json::array({"C7"});
         f.level("C6-C7")["exiting_roots"] = Json::array({"C8"});
       },
       "spinal_levels[C8] does not leave at its own level"},
      {"a root at two levels",
       [](Files& f) { f.level("T1-T2")["traversing_roots"].push_back("C8"); },
       "spinal_levels[C8] does not leave at its own level"},
      {"a level within reach without a zone", [](Files& f) { f.level("T1-T2")["zone"] = "none"; },
       "must have a zone"},
      {"a level wrongly out of reach",
       [](Files& f) { f.level("T1-T2")["bed_reach_default"] = false; },
       "disagrees with device_reach_default"},
      {"a reach that is no level",
       [](Files& f) { f.symptoms["device_reach_default"]["top"] = "C7"; },
       "device_reach_default] is not a range"},
      {"a nerve with an unknown root",
       [](Files& f) { f.nerve("trigeminal")["roots"].push_back("S9"); }, "unknown root \"S9\""},
      {"a nerve named without a text",
       [](Files& f) { f.nerve("trigeminal")["named_by_author"] = true; },
       "nerves[trigeminal] is named_by_author when"},
      {"a nerve that belongs to nothing",
       [](Files& f) {
         auto extra = f.nerve("trigeminal");
         extra["id"] = "spare";
         f.symptoms["nerves"].push_back(extra);
       },
       "nerves[spare] belongs to no symptom"},
      {"the same nerve twice",
       [](Files& f) { f.symptoms["nerves"].push_back(Json(f.nerve("trigeminal"))); },
       "nerves has an id twice"},
  });
}

TEST_CASE("a broken symptom is found") {
  expect_each_found({
      {"the same symptom twice",
       [](Files& f) { f.symptoms["symptoms"].push_back(Json(f.symptom("sciatica"))); },
       "symptoms has an id twice"},
      {"an unknown red flag",
       [](Files& f) { f.symptom("sciatica")["ask_red_flags"].push_back("rf_nothing"); },
       "asks the unknown flag rf_nothing"},
      {"a red flag asked twice",
       [](Files& f) {
         auto& asked = f.symptom("headache")["ask_red_flags"];
         asked.push_back(Json(asked[0]));
       },
       "asks a red flag twice"},
      {"an unknown nerve", [](Files& f) { f.symptom("sciatica")["nerves"].push_back("nervus"); },
       "unknown nerve nervus"},
      {"a root of none of its nerves",
       [](Files& f) { f.symptom("sciatica")["roots"].push_back("C5"); },
       "has the root C5 of none of its nerves"},
      {"a nerve with none of its roots",
       [](Files& f) { f.symptom("sciatica")["nerves"].push_back("trigeminal"); },
       "has no root of its nerve trigeminal"},
      {"a segment too few", [](Files& f) { f.symptom("sciatica")["anatomical_segments"].erase(0); },
       "anatomical_segments that are not where its roots leave"},
      {"a bed range above the reach",
       [](Files& f) {
         f.symptom("neck_pain")["bed"]["segments"].insert(
             f.symptom("neck_pain")["bed"]["segments"].begin(), "C6-C7");
       },
       "bed.segments that are not its segments within reach"},
      {"a reach said to be full", [](Files& f) { f.symptom("neck_pain")["bed"]["reach"] = "full"; },
       "wrong bed.reach"},
      {"an adjacent range for roots within reach",
       [](Files& f) { f.symptom("sciatica")["bed"]["basis"] = "adjacent"; },
       "is adjacent, so no root may be within reach"},
      {"no bed range but a zone",
       [](Files& f) { f.symptom("headache")["bed"]["zones"].push_back("upper"); },
       "needs a reason and nothing else"},
      {"a zone too many", [](Files& f) { f.symptom("sciatica")["bed"]["zones"].push_back("mid"); },
       "bed.zones that are not those of its bed.segments"},
      {"a record-only symptom with a bed range",
       [](Files& f) { f.symptom("sciatica")["claim_status"] = "record_only"; },
       "is record_only, so"},
      {"named in a text it is not tagged with",
       [](Files& f) { f.symptom("headache")["named_in"].push_back(1); },
       "is named in a secret that it is not tagged with"},
      {"an unknown secret", [](Files& f) { f.symptom("headache")["secrets"].push_back(9); },
       "has an unknown secret"},
  });
}

TEST_CASE("a broken screening rule is found") {
  expect_each_found({
      {"the same flag twice",
       [](Files& f) { f.screening["red_flags"].push_back(Json(f.flag("rf_aaa"))); },
       "share or repeat an id"},
      {"more items needed than there are",
       [](Files& f) { f.flag("rf_aaa")["yes_when"]["items_at_least"] = 9; }, "never or always met"},
      {"items that need not be ticked",
       [](Files& f) { f.flag("rf_aaa")["yes_when"]["items_at_least"] = 0; }, "never or always met"},
      {"no items and a question that does not count",
       [](Files& f) { f.flag("rf_thunderclap")["yes_when"]["question_yes"] = false; },
       "never or always met"},
      {"an emergency that does not block", [](Files& f) { f.flag("rf_aaa")["blocks_bed"] = false; },
       "too urgent not to block"},
      {"an item id of another flag",
       [](Files& f) { f.flag("rf_aaa")["items"][0]["id"] = "rf_pe.x"; }, "has the item id rf_pe.x"},
      {"an item id twice",
       [](Files& f) { f.flag("rf_aaa")["items"][1]["id"] = f.flag("rf_aaa")["items"][0]["id"]; },
       "has an item id twice"},
      {"a combination with an unknown flag",
       [](Files& f) { f.flag("rf_myelopathy")["combine_with"][0]["with_any"][0] = "rf_no"; },
       "names the unknown flag rf_no"},
      {"a combination that raises nothing",
       [](Files& f) { f.flag("rf_myelopathy")["combine_with"][0]["then"] = "same_day"; },
       "is dead"},
      {"an internal id shown", [](Files& f) { f.flag("rf_aaa")["patient_message"] = "See rf_pe."; },
       "shows an internal id"},
      {"no way to go", [](Files& f) { f.flag("rf_aaa")["route_uk"] = ""; },
       "needs a patient_message and a route_uk"},
      {"a question asked twice",
       [](Files& f) { f.contraindication("ci_skin")["question"] = f.flag("rf_aaa")["question"]; },
       "is asked twice"},
      {"asking an unknown flag",
       [](Files& f) { f.screening["logic"]["ask_before_bed"].push_back("rf_no"); },
       "ask_before_bed names the unknown flag rf_no"},
      {"rechecking what is unknown",
       [](Files& f) { f.screening["logic"]["recheck_each_visit"].push_back("ci_no"); },
       "names the unknown ci_no"},
      {"rechecking what was never asked",
       [](Files& f) { f.screening["logic"]["recheck_each_visit"].push_back("rf_testicle"); },
       "rf_testicle, never asked first"},
      {"a flag that nobody is asked",
       [](Files& f) {
         auto spare = f.flag("rf_testicle");
         spare["id"] = "rf_spare";
         spare["question"] = "Spare?";
         f.screening["red_flags"].push_back(spare);
       },
       "red_flags[rf_spare] is never asked"},
      {"actions out of order",
       [](Files& f) {
         std::swap(f.screening["red_flag_actions"][0], f.screening["red_flag_actions"][1]);
       },
       "red_flag_actions does not list its codes once each, in order"},
      {"a record question that no code answers",
       [](Files& f) { f.contraindication("ci_skin")["answered_by"] = "record"; },
       "answered from the record"},
      {"an absolute one that only supervises",
       [](Files& f) { f.contraindication("ci_skin")["action"] = "supervise"; }, "must be relative"},
      {"a limit twice",
       [](Files& f) {
         auto& limits = f.device("backhug")["limits"];
         limits.push_back(Json(limits[0]));
       },
       "has a limit twice"},
      {"a first session longer than the longest",
       [](Files& f) { f.screening["session_defaults"]["first_session_minutes_default"] = 90; },
       "session_defaults has a number that cannot be used"},
  });
}

TEST_CASE("SNOMED check digits are verified") {
  CHECK(has_check_digit("25064002"));
  CHECK(has_check_digit("81680005"));
  CHECK(has_check_digit("100005"));
  CHECK_FALSE(has_check_digit("25064001"));
  CHECK_FALSE(has_check_digit("52064002"));
}
