// SPDX-License-Identifier: MPL-2.0
// Outcome measures as answers, their scores, and a clinic's own packs.
#include <fstream>

#include "door/door.h"
#include "door/records.h"
#include "knowledge/measure.h"

using namespace facet;
using namespace facet::testing;

namespace {

Json answer(const std::string& link_id, const char* type, const Json& value) {
  return {{"linkId", link_id}, {"answer", Json::array({{{type, value}}})}};
}

Json response(const std::string& id, const std::string& measure, const std::string& authored,
              Json items) {
  Json json = resource("QuestionnaireResponse", id);
  json["questionnaire"] = "urn:facet:questionnaire:" + measure;
  json["status"] = "completed";
  json["subject"] = to("Patient/ann");
  json["authored"] = authored;
  json["item"] = std::move(items);
  return json;
}

/// Activities "Digging", "Walking", "Sleeping" with these ratings.
Json activities(const std::vector<int>& ratings) {
  const char* names[] = {"Digging", "Walking", "Sleeping"};
  Json items = Json::array();
  for (std::size_t i = 0; i < ratings.size(); ++i) {
    const auto id = "activity" + std::to_string(i + 1);
    items.push_back({{"linkId", id},
                     {"item", Json::array({answer(id + ".activity", "valueString", names[i]),
                                           answer(id + ".score", "valueInteger", ratings[i])})}});
  }
  return items;
}

Json ticks(Door& door, int count) {
  Json items = Json::array();
  const auto form = door.get(physio, "/fhir/Questionnaire/rmdq-24").json();
  for (const auto& item : form["item"])
    if (item["type"] == "boolean" && count-- > 0)
      items.push_back(answer(item["linkId"], "valueBoolean", true));
  return items;
}

/// The value of an extension of a response as it is read; null if it is not there.
Json extension(Door& door, const std::string& id, const std::string& url) {
  const auto body = door.get(physio, "/fhir/QuestionnaireResponse/" + id).json();
  if (body.contains("extension"))
    for (const auto& one : body["extension"])
      if (one["url"] == "urn:facet:" + url) return one.back();
  return nullptr;
}

Json own_pack(const std::string& state, const std::string& reference) {
  Json pack = Json::parse(knowledge::embedded_measure_packs().front().text);
  pack["id"] = "own";
  pack["licence"]["notice"] = "By permission";
  pack["licence"]["state"] = state;
  pack["licence"]["clinic_licence_ref"] = reference;
  return pack;
}

}  // namespace

TEST_CASE("a measure's answers are kept, and its score and change are computed when it is read") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, response("p1", "psfs", minutes_from_now(-900), activities({2, 3, 4})));
  door.must(physio, response("p2", "psfs", minutes_from_now(-600), activities({4, 4, 4})));
  door.must(physio, response("p3", "psfs", minutes_from_now(-300), activities({5, 5, 5})));
  CHECK(extension(door, "p1", "score") == 3.0);
  CHECK(extension(door, "p1", "change-from-first") == nullptr);
  CHECK(extension(door, "p2", "change-from-first") == 1.0);
  CHECK(extension(door, "p2", "exceeds-meaningful-change") == false);
  CHECK(extension(door, "p3", "change-from-first") == 2.0);
  CHECK(extension(door, "p3", "exceeds-meaningful-change") == true);
  CHECK(extension(door, "p3", "change-from-previous") == 1.0);
  CHECK(extension(door, "p3", "exceeds-meaningful-change-from-previous") == false);
  CHECK(extension(door, "p3", "licence-notice").get<std::string>().find("Stratford") !=
        std::string::npos);
  CHECK(door.count("select count(*) from questionnaire_response where answers_sealed like "
                   "'%Digging%'") == 0);

  const auto list = door.get(physio, "/fhir/QuestionnaireResponse?patient=ann&questionnaire="
                                     "urn:facet:questionnaire:psfs");
  CHECK(list.json()["entry"].size() == 3);
  CHECK(list.body.find("urn:facet:score") != std::string::npos);
  auto read = door.get(physio, "/fhir/QuestionnaireResponse/p1").json();
  CHECK(read["item"][0]["linkId"] == "activity1");
  CHECK(read["item"][0]["item"].size() == 2);
  CHECK(door.put(physio, read).status == 200);  // what was read, sent back, changes nothing
  read["status"] = "entered-in-error";
  CHECK(door.put(physio, read, "W/\"1\"").status == 200);
  CHECK(extension(door, "p3", "change-from-first") == 1.0);  // the first is another one now
}

TEST_CASE("ticks are counted, and the change question answers for itself") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, response("r1", "rmdq-24", minutes_from_now(-900), ticks(door, 12)));
  door.must(physio, response("r2", "rmdq-24", minutes_from_now(-600), ticks(door, 7)));
  door.must(physio, response("r3", "rmdq-24", minutes_from_now(-300), ticks(door, 0)));
  CHECK(extension(door, "r1", "score") == 12.0);
  CHECK(extension(door, "r2", "change-from-first") == -5.0);
  CHECK(extension(door, "r2", "exceeds-meaningful-change") == true);
  CHECK(extension(door, "r3", "score") == 0.0);
  const auto form = door.get(physio, "/fhir/Questionnaire/change").json();
  std::string link_id;
  for (const auto& item : form["item"])
    if (item["type"] == "integer") link_id = item["linkId"];
  door.must(physio, response("c", "change", minutes_from_now(-100),
                             Json::array({answer(link_id, "valueInteger", 2)})));
  CHECK(extension(door, "c", "score") == 2.0);
  CHECK(extension(door, "c", "exceeds-meaningful-change") == true);
}

TEST_CASE("a measure's answers are refused just outside what its pack takes") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  const auto before = door.rows();
  const auto now = minutes_from_now(-1);
  const auto one = [&](const Json& items, const char* measure = "psfs") {
    const auto refused = door.put(physio, response("x", measure, now, items));
    INFO(refused.body);
    CHECK(refused.status == 400);
    return refused.body;
  };
  one(activities({2, 3}));
  one(activities({2, 3, 11}));
  one(activities({2, 3, -1}));
  auto twice = activities({2, 3, 4});
  twice.push_back(twice[0]);
  one(twice);
  auto nameless = activities({2, 3, 4});
  nameless[0]["item"].erase(0);
  one(nameless);
  auto long_words = activities({2, 3, 4});
  long_words[0]["item"][0]["answer"][0]["valueString"] = std::string(201, 'x');
  one(long_words);
  auto unknown = activities({2, 3, 4});
  unknown.push_back(answer("activity9.score", "valueInteger", 1));
  one(unknown);
  one(Json::array({answer("nothing", "valueBoolean", true)}), "rmdq-24");
  const std::string first_tick = ticks(door, 1)[0]["linkId"];
  one(Json::array({answer(first_tick, "valueInteger", 1)}), "rmdq-24");
  one(Json::array({answer(first_tick, "valueDecimal", 0.5)}), "rmdq-24");
  one(Json::array({answer(first_tick, "valueCoding", Json::object())}), "rmdq-24");
  one(Json::array(), "nprs");
  CHECK(one(Json::array(), "odi").find("outcome measures") != std::string::npos);
  CHECK(door.rows() == before);
}

TEST_CASE("a clinic's own measures are loaded, and one without its licence stops the clinic") {
  Door door(Dialect::sqlite);
  door.close();
  const auto folder = door.scratch.folder() / "measures";
  std::filesystem::create_directory(folder);
  const auto opens = [&](const Json& pack) {
    std::ofstream(folder / "own.json") << pack.dump();
    return entry::ClinicApp::open(door.settings);
  };
  const auto refused = opens(own_pack("needs_licence", ""));
  REQUIRE(!refused);
  INFO(refused.error().message);
  CHECK(refused.error().message.find("own.json") != std::string::npos);
  CHECK(refused.error().message.find("licence") != std::string::npos);
  CHECK(refused.error().message.find('\n') == std::string::npos);
  CHECK(!opens(Json::object()));
  auto taken = own_pack("free", "");
  taken["id"] = "screening";
  CHECK(!opens(taken));
  const auto app = opens(own_pack("needs_licence", "Contract 7 of 2026"));
  if (!app) FAIL(app.error().message);
  CHECK(ask(**app, physio, "GET", "/fhir/Questionnaire/own").status == 200);
}
