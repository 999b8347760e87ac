// SPDX-License-Identifier: MPL-2.0
// Random records, each ingredient of the gate good or spoilt in one of many ways: the gate is open
// exactly if an oracle that only knows what was spoilt says so.
#include <random>

#include "door/safety.h"

using namespace facet;
using namespace facet::testing;

namespace {

/// One way in which an ingredient can be; `today` and `later`: whether it keeps the gate open now, and
/// for a booking an hour ahead.
struct Way {
  const char* name;
  bool today, later;
  std::function<void(Door&, Bedded&, Ready&, const std::string& id)> make;
};

constexpr const char* why = R"({"resourceType":"Provenance","reason":[{"text":"a test"}]})";

const auto nothing = [](Door&, Bedded&, Ready&, const std::string&) {};

void set_status(Door& door, Json resource, const std::string& status) {
  resource["status"] = status;
  const auto answer =
      door.send(physio, "PUT",
                "/fhir/" + resource["resourceType"].get<std::string>() + "/" +
                    resource["id"].get<std::string>(),
                resource.dump(), {{"if-match", "W/\"1\""}, {"x-provenance", why}});
  INFO(answer.body);
  REQUIRE(answer.status == 200);
}

void change_person(Door& door, Ready& r, const char* name, const Json& value) {
  r.person[name] = value;
  REQUIRE(door.put(physio, r.person, "W/\"1\"").status == 200);
}

/// The clearance again, by somebody else and with one thing different.
void clear_with(Door& door, Ready& r, const char* pointer, const Json& value) {
  auto other = r.cleared;
  other[Json::json_pointer(pointer)] = value;
  const auto answer = door.put(physio, other, "W/\"1\"");
  INFO(answer.body);
  REQUIRE(answer.status == 200);
}

void order_with(Door& door, Ready& r, const char* pointer, const Json& value) {
  auto other = r.ordered;
  other[Json::json_pointer(pointer)] = value;
  REQUIRE(door.put(physio, other, "W/\"1\"").status == 200);
}

void decide(Bedded& ann, const char* rule, int minutes) {
  const auto answer = ann.change(decided(ann.issue(rule), minutes, true));
  INFO(answer.body);
  REQUIRE(answer.status == 200);
}

const std::vector<Way> people{
    {"inactive", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) { change_person(d, r, "active", false); }},
    {"died", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) {
       change_person(d, r, "deceasedBoolean", true);
     }},
    {"young", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) {
       change_person(d, r, "birthDate", day_from_now(-6570));  // 18 in a few days, not within the hour
     }},
    {"perhaps young", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) {
       change_person(d, r, "birthDate",
                     std::to_string(std::stoi(day_from_now(2).substr(0, 4)) - 18));
     }},
    {"of no known age", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) {
       r.person.erase("birthDate");
       REQUIRE(d.put(physio, r.person, "W/\"1\"").status == 200);
     }},
    {"merged away", false, false,
     [](Door& d, Bedded&, Ready&, const std::string& id) {
       d.must(physio, patient(id + "-target"));
       const Json body{{"resourceType", "Parameters"},
                       {"parameter", Json::array({{{"name", "other"},
                                                   {"valueReference", to("Patient/" + id)}}})}};
       const auto answer =
           d.send(physio, "POST", "/fhir/Patient/" + id + "-target/$merge", body.dump(),
                  {{"x-provenance", why}});
       INFO(answer.body);
       REQUIRE(answer.status == 200);
     }},
    {"erased", false, false,
     [](Door& d, Bedded&, Ready&, const std::string& id) {
       d.scratch.raw("delete from patient_key where patient_id = '" + id + "'");
     }}};

const std::vector<Way> consents{
    {"withdrawn", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) { set_status(d, r.agreed, "inactive"); }},
    {"refused since", false, false,
     [](Door& d, Bedded&, Ready&, const std::string& id) {
       auto no = consent(id + "-no", id);
       no["status"] = "rejected";
       no["dateTime"] = minutes_from_now(-1);
       d.must(physio, no);
     }},
    {"in error", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) {
       set_status(d, r.agreed, "entered-in-error");
     }}};

const std::vector<Way> screenings{
    {"an absolute yes", false, false,
     [](Door&, Bedded& a, Ready&, const std::string&) { a.screened(-500, {{"ci_aneurysm", "yes"}}); }},
    {"unsure of an emergency", false, false,
     [](Door&, Bedded& a, Ready&, const std::string&) {
       a.screened(-500, {{"rf_stroke.face", "unsure"}});
     }},
    {"an emergency, with what was done", false, false,
     [](Door&, Bedded& a, Ready&, const std::string&) {
       a.screened(-500, {{"rf_ces_saddle.seat", "yes"}});
       decide(a, "rf_ces_saddle", 5000);
     }},
    {"a relative yes", false, false,
     [](Door&, Bedded& a, Ready&, const std::string&) { a.screened(-500, {{"ci_epilepsy", "yes"}}); }},
    {"a relative yes, decided", true, true,
     [](Door&, Bedded& a, Ready&, const std::string&) {
       a.screened(-500, {{"ci_epilepsy", "yes"}});
       decide(a, "ci_epilepsy", 5000);
     }},
    {"a relative yes, decided for half an hour", true, false,
     [](Door&, Bedded& a, Ready&, const std::string&) {
       a.screened(-500, {{"ci_epilepsy", "yes"}});
       decide(a, "ci_epilepsy", 30);
     }},
    {"a yes for software, advised", true, true,
     [](Door&, Bedded& a, Ready&, const std::string&) {
       a.screened(-500, {{"ci_osteoporosis", "yes"}});
       decide(a, "ci_osteoporosis", 5000);
     }},
    {"decided, then withdrawn", false, false,
     [](Door&, Bedded& a, Ready&, const std::string&) {
       a.screened(-500, {{"ci_epilepsy", "yes"}});
       decide(a, "ci_epilepsy", 5000);
       auto issue = a.issue("ci_epilepsy");
       issue.erase("mitigation");
       REQUIRE(a.change(issue).status == 200);
     }},
    {"decided, then in error", false, false,
     [](Door&, Bedded& a, Ready&, const std::string&) {
       a.screened(-500, {{"ci_epilepsy", "yes"}});
       decide(a, "ci_epilepsy", 5000);
       auto issue = a.issue("ci_epilepsy");
       issue["status"] = "entered-in-error";
       REQUIRE(a.change(issue).status == 200);
     }},
    {"a yes, and no since", true, true,
     [](Door&, Bedded& a, Ready&, const std::string&) {
       a.screened(-500, {{"ci_bleeding", "yes"}, {"rf_dvt.warm", "yes"}});
       a.screened(-400);
     }},
    {"supervised", true, true,
     [](Door&, Bedded& a, Ready&, const std::string&) { a.screened(-500, {{"ci_capacity", "yes"}}); }},
    {"taken back", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) {
       set_status(d, r.answers, "entered-in-error");
     }},
    {"of a symptom that was not asked about", true, true,  // every flag was
     [](Door& d, Bedded&, Ready&, const std::string& id) { d.must(physio, symptom(id + "-o", id)); }}};

const std::vector<Way> todays{
    {"nothing today", false, true, nothing},
    {"three hours ago", false, true,
     [](Door&, Bedded& a, Ready&, const std::string&) { a.rechecked(-180); }},
    {"a yes that only today asks", false, false,
     [](Door&, Bedded& a, Ready&, const std::string&) { a.rechecked(-3, {{"ci_skin", "unsure"}}); }},
    {"something changed", false, false,
     [](Door&, Bedded& a, Ready&, const std::string&) {
       a.rechecked(-4, {{"ci_changed_since_last", "yes"}});
       a.rechecked(-3);
     }},
    {"taken back", false, true,
     [](Door& d, Bedded& a, Ready&, const std::string&) {
       const auto id = a.rechecked(-3);
       set_status(d, d.get(physio, "/fhir/QuestionnaireResponse/" + id).json(), "entered-in-error");
     }},
    {"a yes, and no since", true, true,
     [](Door&, Bedded& a, Ready&, const std::string&) {
       a.rechecked(-30, {{"ci_infection_fever", "yes"}});
       a.rechecked(-3);
     }}};

const std::vector<Way> clearances{
    {"in error", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) {
       set_status(d, r.cleared, "entered-in-error");
     }},
    {"in progress", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) { set_status(d, r.cleared, "in-progress"); }},
    {"other zones", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) {
       clear_with(d, r, "/extension/0/valueCode", "left_upper");
     }},
    {"weaker", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) {
       clear_with(d, r, "/extension/2/valueInteger", 2);
     }},
    {"shorter", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) {
       clear_with(d, r, "/extension/3/valueInteger", 19);
     }},
    {"from in half an hour", false, true,
     [](Door& d, Bedded&, Ready& r, const std::string&) {
       clear_with(d, r, "/effectivePeriod/start", minutes_from_now(30));
     }},
    {"for half an hour", true, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) {
       clear_with(d, r, "/effectivePeriod/end", minutes_from_now(30));
     }}};

const std::vector<Way> orders{
    {"revoked", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) { set_status(d, r.ordered, "revoked"); }},
    {"in error", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) {
       set_status(d, r.ordered, "entered-in-error");
     }},
    {"stronger", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) {
       order_with(d, r, "/extension/1/valueInteger", 4);
     }},
    {"a zone more", false, false,
     [](Door& d, Bedded&, Ready& r, const std::string&) {
       order_with(d, r, "/extension/0/valueCode", "right_mid");
     }}};

const Way good{"good", true, true, nothing};
const Way good_today{"today", true, true,
                     [](Door&, Bedded& a, Ready&, const std::string&) { a.rechecked(-5); }};

}  // namespace

TEST_CASE("whatever the record says, the gate is open exactly if nothing in it is amiss") {
  Door door(any_engine());
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto pick = [&](const std::vector<Way>& ways, const Way& otherwise, unsigned in) {
    return random() % in == 0 ? ways[random() % ways.size()] : otherwise;
  };
  int open_now = 0, open_later = 0;
  constexpr int rounds = 60;
  for (int i = 0; i < rounds; ++i) {
    const auto id = "p" + std::to_string(i);
    Bedded ann(door, id);
    std::vector<Way> state{pick(screenings, good, 2), pick(todays, good_today, 4),
                           pick(clearances, good, 6), pick(orders, good, 8),
                           pick(consents, good, 8),   pick(people, good, 8)};
    std::string names;
    bool today = true, later = true;
    for (const auto& way : state) {
      INFO(id << " " << way.name);
      way.make(door, ann, ann.ready, id);
      today = today && way.today;
      later = later && way.later;
      names += std::string(way.name) + ", ";
    }
    INFO(names);
    const auto now_says = ann.gate(), later_says = ann.gate(60);
    INFO(now_says << " | " << later_says);
    CHECK((now_says == "open") == today);
    CHECK((later_says == "open") == later);
    open_now += today;
    open_later += later;
  }
  CHECK(open_now > 0);
  CHECK(open_later > 0);
}

TEST_CASE("each thing amiss closes the gate on its own") {
  Door door(any_engine());
  int n = 0;
  const auto alone = [&](const std::vector<Way>& ways, bool asked_today) {
    for (const auto& way : ways) {
      const auto id = "q" + std::to_string(++n);
      INFO(id << " " << way.name);
      Bedded ann(door, id);
      if (asked_today) ann.rechecked(-5);
      way.make(door, ann, ann.ready, id);
      CHECK((ann.gate() == "open") == way.today);
      CHECK((ann.gate(60) == "open") == way.later);
    }
  };
  alone(people, true);
  alone(consents, true);
  alone(screenings, true);
  alone(todays, false);
  alone(clearances, true);
  alone(orders, true);
}
