// SPDX-License-Identifier: MPL-2.0
#include "base/uuid.h"
#include "door/door.h"
#include "door/visits.h"

using namespace facet;
using namespace facet::testing;

namespace {

/// Encounter, two symptoms, stress, two joints, screening: all new, tied by urn:uuid.
Json visit(Door& door) {
  std::vector<Json> resources{
      encounter("", "ann"),
      symptom("", "ann"),
      symptom("", "ann", 3),
      stress("", "ann"),
      motion("", "ann", "L4-L5", "left"),
      motion("", "ann", "L4-L5", "right", 2),
      screening("", "ann", door.get(physio, "/fhir/Questionnaire/screening").json())};
  resources[2]["bodySite"] = code_of("urn:facet:side", "left");
  const auto visit_id = "urn:uuid:" + base::uuid_v7(real_now_ms());
  Json entries = Json::array();
  for (auto& one : resources) {
    one.erase("id");
    const bool first = entries.empty();
    if (!first) one["encounter"] = to(visit_id);
    entries.push_back({{"fullUrl", first ? visit_id : "urn:uuid:" + base::uuid_v7(real_now_ms())},
                       {"resource", one},
                       {"request", {{"method", "POST"}, {"url", one["resourceType"]}}}});
  }
  return bundle_of(entries);
}

}  // namespace

TEST_CASE("a whole visit is one request, and its parts point at it") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  const auto sent = visit(door);
  const auto answer = door.post(physio, "/fhir", sent);
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  const auto entries = answer.json()["entry"];
  REQUIRE(entries.size() == 7);
  for (const auto& entry : entries) {
    CHECK(entry["response"]["status"] == "201 Created");
    CHECK(entry["response"]["etag"] == "W/\"1\"");
    const std::string location = entry["response"]["location"];
    CHECK(door.get(physio, "/fhir/" + location).status == 200);
  }
  const std::string made = entries[0]["response"]["location"];
  const auto id = made.substr(10, 36);
  CHECK(door.count("select count(*) from encounter where id = '" + id + "'") == 1);
  CHECK(door.count("select count(*) from observation where encounter_id = '" + id + "'") == 5);
  CHECK(door.count("select count(*) from questionnaire_response where encounter_id = '" + id +
                   "'") == 1);
  const auto found = door.get(physio, "/fhir/Observation?patient=ann&encounter=Encounter/" + id);
  CHECK(found.json()["entry"].size() == 5);

  const auto before = door.rows();
  const auto again = door.post(physio, "/fhir", sent);
  INFO(again.body);
  CHECK(again.status == 200);
  CHECK(door.rows() == before);
}

TEST_CASE("one bad entry and nothing of the visit is written") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  const auto good = visit(door);
  const auto before = door.rows();
  struct Case {
    std::size_t entry;
    const char* pointer;
    Json value;
    const char* field;
  };
  const std::vector<Case> cases{
      {1, "/code/coding/0/code", "no_such_symptom", "Bundle.entry[1]: Observation.code"},
      {2, "/valueInteger", 11, "Bundle.entry[2]: Observation.valueInteger"},
      {4, "/valueInteger", 7, "Bundle.entry[4]: Observation.valueInteger"},
      {5, "/bodySite/coding/0/code", "L9-L10", "Bundle.entry[5]: Observation.bodySite"},
      {6, "/item/0/item/0/linkId", "no_such_question",
       "Bundle.entry[6]: QuestionnaireResponse.item no_such_question"},
      {3, "/subject/reference", "Patient/bob", "Bundle.entry[3]: Observation.subject"},
      {3, "/encounter/reference", "Encounter/other", "Bundle.entry[3]: Observation.encounter"},
      {6, "/encounter/reference", "Encounter/other",
       "Bundle.entry[6]: QuestionnaireResponse.encounter"},
      {0, "/surprise", 1, "Bundle.entry[0]: Encounter.surprise"},
  };
  for (const auto& one : cases) {
    auto bundle = good;
    bundle["entry"][one.entry]["resource"][Json::json_pointer(one.pointer)] = one.value;
    const auto answer = door.post(physio, "/fhir", bundle);
    INFO(one.pointer << " " << answer.body);
    CHECK(answer.status == 400);
    CHECK(answer.field() == one.field);
    CHECK(door.rows() == before);
  }
  auto bundle = good;
  bundle["entry"][3]["request"]["url"] = "Slot";
  CHECK(door.post(physio, "/fhir", bundle).field() == "Bundle.entry[3]");
  bundle = good;
  bundle["entry"].push_back(put_entry(organization()));  // not for this role
  CHECK(door.post(physio, "/fhir", bundle).status == 403);
  CHECK(door.post(reception, "/fhir", good).status == 403);
  CHECK(door.rows() == before);
}

TEST_CASE("a Bundle that is none is refused by name, whatever is in it") {
  Door door(Dialect::sqlite);
  door.must(physio, patient("ann"));
  const auto before = door.rows();
  const std::vector<std::string> bodies{
      "[]",
      "7",
      "null",
      "\"Bundle\"",
      "{}",
      R"({"resourceType":7})",
      R"({"resourceType":"Bundle","type":["transaction"],"entry":[]})",
      R"({"resourceType":"Bundle","type":"batch","entry":[]})",
      R"({"resourceType":"Bundle","type":"transaction"})",
      R"({"resourceType":"Bundle","type":"transaction","entry":{}})",
      R"({"resourceType":"Bundle","type":"transaction","entry":[7]})",
      R"({"resourceType":"Bundle","type":"transaction","entry":[{"resource":{},"request":7}]})",
      R"({"resourceType":"Bundle","type":"transaction","entry":[{"resource":{},"request":{"method":7,"url":{}}}]})",
      R"({"resourceType":"Bundle","type":"transaction","entry":[{"resource":7,"request":{"method":"POST","url":"Patient"}}]})",
      R"({"resourceType":"Bundle","type":"transaction","entry":[{"resource":{},"request":{"method":"DELETE","url":"Patient/ann"}}]})",
      R"({"resourceType":"Bundle","type":"transaction","entry":[{"resource":{},"request":{"method":"PUT","url":"Patient/"}}]})",
      R"({"resourceType":"Bundle","type":"transaction","entry":[{"resource":{},"request":{"method":"POST","url":"Patient","ifNoneExist":"name=x"}}]})",
      R"({"resourceType":"Bundle","type":"transaction","entry":[{"resource":{},"request":{"method":"PUT","url":"Patient/ann","ifMatch":3}}]})",
  };
  for (const auto& body : bodies) {
    const auto answer = door.send(physio, "POST", "/fhir", body);
    INFO(body << " " << answer.body);
    CHECK(answer.status == 400);
    CHECK(answer.json()["resourceType"] == "OperationOutcome");
  }
  auto entry = put_entry(patient("ann"));
  entry["resource"]["id"] = "eve";
  const auto other = door.post(physio, "/fhir", bundle_of(Json::array({entry})));
  CHECK(other.field() == "Bundle.entry[0]: resource.id");
  Json many = Json::array();
  for (int i = 0; i < 201; ++i) many.push_back(put_entry(patient("p" + std::to_string(i))));
  CHECK(door.post(physio, "/fhir", bundle_of(many)).status == 413);
  CHECK(door.rows() == before);
}

TEST_CASE("a Bundle changes what is there only by its version") {
  Door door(Dialect::sqlite);
  door.must(physio, patient("ann"));
  auto entry = put_entry(patient("ann", "Renamed"));
  CHECK(door.post(physio, "/fhir", bundle_of(Json::array({entry}))).status == 409);
  entry["request"]["ifMatch"] = "W/\"2\"";
  CHECK(door.post(physio, "/fhir", bundle_of(Json::array({entry}))).status == 409);
  entry["request"]["ifMatch"] = "W/\"1\"";
  const auto answer = door.post(physio, "/fhir", bundle_of(Json::array({entry})));
  INFO(answer.body);
  CHECK(answer.status == 200);
  CHECK(answer.json()["entry"][0]["response"]["etag"] == "W/\"2\"");
}
