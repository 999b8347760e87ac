// SPDX-License-Identifier: MPL-2.0
#include "door/door.h"
#include "door/records.h"

using namespace facet;
using namespace facet::testing;

namespace {

/// A resource, and what is put where to spoil it; null as value takes the element away.
struct Spoiled {
  Json resource;
  const char* pointer;
  Json value;
  const char* field;
  const char* says;
};

Json spoil(const Spoiled& one) {
  auto json = one.resource;
  if (one.value.is_null())
    json.erase(std::string(one.pointer).substr(1));
  else
    json[Json::json_pointer(one.pointer)] = one.value;
  return json;
}

}  // namespace

TEST_CASE("bad input leaves nothing behind, and the answer names the field and the reason") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, patient("bob"));
  door.must(physio, encounter("bobs", "bob"));
  const auto questions = door.get(physio, "/fhir/Questionnaire/screening").json();
  auto unanswered = screening("q", "ann", questions);
  unanswered["item"].erase(unanswered["item"].size() - 1);
  auto odd_answer = screening("q", "ann", questions);
  answer_with(odd_answer, questions["item"].back()["linkId"], "perhaps");
  const auto future = minutes_from_now(3 * 24 * 60);
  const std::vector<Spoiled> cases{
      {symptom("o", "ann"), "/code/coding/0/code", "elbow_grease", "Observation.code",
       "no symptom \"elbow_grease\""},
      {symptom("o", "ann", 11), "/valueInteger", 11, "Observation.valueInteger", "0 to 10"},
      {symptom("o", "ann"), "/valueInteger", -1, "Observation.valueInteger", "0 to 10"},
      {symptom("o", "ann"), "/valueInteger", 5.5, "Observation.valueInteger", "whole number"},
      {symptom("o", "ann"), "/valueInteger", "5", "Observation.valueInteger", "whole number"},
      {symptom("o", "ann"), "/valueInteger", nullptr, "Observation.valueInteger", "required"},
      {symptom("o", "ann"), "/bodySite", nullptr, "Observation.bodySite", "needs its side"},
      {symptom("o", "ann"), "/bodySite/coding/0/code", "middle", "Observation.bodySite", "side"},
      {symptom("o", "ann"), "/effectiveDateTime", future, "Observation.effectiveDateTime",
       "in the future"},
      {symptom("o", "ann"), "/effectiveDateTime", "yesterday", "Observation.effectiveDateTime",
       "date and time with its offset"},
      {symptom("o", "ann"), "/subject/reference", "Practitioner/ann", "Observation.subject",
       "reference to a Patient"},
      {symptom("o", "ann"), "/subject/reference", "Patient/eve", "Observation.subject",
       "no patient with this id"},
      {symptom("o", "ann"), "/encounter", to("Encounter/bobs"), "Observation.encounter",
       "no visit with this id"},
      {symptom("o", "ann"), "/mood", "good", "Observation.mood", "does not take this element"},
      {symptom("o", "ann"), "/status", "guessed", "Observation.status", "one of"},
      {stress("o", "ann", 11), "/valueInteger", 11, "Observation.valueInteger", "0 to 10"},
      {motion("o", "ann", "L4-L5", "left"), "/valueInteger", 7, "Observation.valueInteger",
       "0 to 6"},
      {motion("o", "ann", "L7-L8", "left"), "/status", "final", "Observation.bodySite",
       "spinal level"},
      {motion("o", "ann", "L4-L5", "left"), "/bodySite/coding",
       Json::array({{{"system", "urn:facet:spinal-level"}, {"code", "L4-L5"}}}),
       "Observation.bodySite", "needs a side"},
      {motion("o", "ann", "L4-L5", "left"), "/component/0/valueBoolean", 1,
       "Observation.component[0].valueBoolean", "true or false"},
      {unanswered, "/status", "completed", "QuestionnaireResponse.item", "not complete"},
      {odd_answer, "/status", "completed", "QuestionnaireResponse.item", "yes, no or unsure"},
      {screening("q", "ann", questions), "/authored", future, "QuestionnaireResponse.authored",
       "in the future"},
      {screening("q", "ann", questions), "/questionnaire", "urn:other",
       "QuestionnaireResponse.questionnaire", "urn:facet:questionnaire:screening"},
      {screening("q", "ann", questions), "/encounter", to("Encounter/bobs"),
       "QuestionnaireResponse.encounter", "no visit with this id"},
      {consent("c", "ann"), "/dateTime", future, "Consent.dateTime", "in the future"},
      {consent("c", "ann"), "/category/0/coding/0/code", "anything", "Consent.category", "one of"},
      {patient("eve"), "/birthDate", day_from_now(200), "Patient.birthDate", "in the future"},
      {patient("eve"), "/birthDate", "29.3.1971", "Patient.birthDate", "YYYY"},
      {patient("eve"), "/deceasedDateTime", future, "Patient.deceasedDateTime", "in the future"},
      {patient("eve"), "/gender", 1, "Patient.gender", "text"},
      {patient("eve"), "/name", Json::array(), "Patient.name", "1 to 5 names"},
      {patient("eve"), "/telecom", "phone", "Patient.telecom", "list"},
      {encounter("e", "ann"), "/period/end", minutes_from_now(-60), "Encounter.period",
       "before the start"},
      {encounter("e", "ann"), "/episodeOfCare", Json::array({to("Patient/ann")}),
       "Encounter.episodeOfCare", "EpisodeOfCare"},
      {encounter("e", "ann"), "/episodeOfCare", Json::array({to("EpisodeOfCare/none")}),
       "Encounter.episodeOfCare", "no episode"},
      {clearance("k", "ann"), "/extension", 7, "ClinicalImpression.extension", ""},
      {clearance("k", "ann"), "/extension/2/valueInteger", 6, "ClinicalImpression.extension",
       "1 to 5"},
      {clearance("k", "ann"), "/extension/0/valueCode", "left_leg", "ClinicalImpression.extension",
       "Zones"},
      {clearance("k", "ann"), "/effectivePeriod/end", minutes_from_now(500 * 24 * 60),
       "ClinicalImpression.effectivePeriod", "days"},
      {clearance("k", "ann"), "/encounter", to("Encounter/bobs"), "ClinicalImpression.encounter",
       "no visit with this id"},
      {order("r", "ann"), "/extension/1/valueInteger", 9, "ServiceRequest.extension", "1 to 5"},
      {order("r", "ann"), "/extension/3/valueInteger", 5, "ServiceRequest.extension", "10 to 60"},
      {order("r", "ann"), "/requester", to("Practitioner/nobody"), "ServiceRequest.requester",
       "no active practitioner"},
  };
  const auto before = door.rows();
  for (const auto& one : cases) {
    const auto answer = door.put(physio, spoil(one));
    INFO(one.pointer << " = " << one.value.dump() << ": " << answer.body);
    CHECK(answer.status == 400);
    CHECK(answer.field() == one.field);
    CHECK(answer.message().find(one.says) != std::string::npos);
    CHECK(answer.headers.at("content-type") == "application/fhir+json; charset=utf-8");
  }
  CHECK(door.rows() == before);
}

TEST_CASE("screening that is not complete lists the questions without an answer") {
  Door door(Dialect::sqlite);
  door.must(physio, patient("ann"));
  auto short_one = screening("q", "ann", door.get(physio, "/fhir/Questionnaire/screening").json());
  const std::string missing = short_one["item"].back()["linkId"];
  short_one["item"].erase(short_one["item"].size() - 1);
  const auto issues = door.put(physio, short_one).json()["issue"];
  REQUIRE(issues.size() == 2);
  CHECK(issues[1]["diagnostics"] == missing);
}

TEST_CASE("a body that is not one whole JSON document within bounds is refused") {
  Door door(Dialect::sqlite);
  const auto before = door.rows();
  const auto send = [&](const std::string& body) {
    auto answer = door.send(physio, "PUT", "/fhir/Patient/eve", body);
    CHECK(answer.json()["resourceType"] == "OperationOutcome");
    return answer;
  };
  for (const auto& body : {"", "{", "{}x", "\xff\xfe", "{\"a\": 1e999}", "{\"a\": \"\xc3\x28\"}"})
    CHECK(send(body).status == 400);
  CHECK(send(R"({"resourceType":"Patient","resourceType":"Patient"})").message() ==
        "The JSON has the key \"resourceType\" twice.");
  CHECK(send(std::string(33, '[') + std::string(33, ']')).message().find("32 levels") !=
        std::string::npos);
  const auto large = send("\"" + std::string(1 << 20, 'x') + "\"");
  CHECK(large.status == 413);
  for (const auto& body : {"[]", "7", "null", "true", "\"Patient\"", R"({"resourceType":7})",
                           R"({"resourceType":"Device"})", R"({"resourceType":"Patient","id":7})"})
    CHECK(send(body).status == 400);
  CHECK(door.rows() == before);
}

TEST_CASE("a value of any JSON type in any element is taken or refused, never a failure") {
  Door door(Dialect::sqlite);
  door.must(physio, patient("ann"));
  door.must(physio, order("order1", "ann"));
  const auto questions = door.get(physio, "/fhir/Questionnaire/screening").json();
  const std::vector<Json> hostile{nullptr,
                                  true,
                                  -1,
                                  18446744073709551615u,
                                  0.5,
                                  "",
                                  "x",
                                  std::string("a\0b", 3),
                                  Json::array(),
                                  Json::object(),
                                  Json::array({nullptr}),
                                  Json::array({7}),
                                  Json::array({Json::array()}),
                                  Json::array({Json::object()}),
                                  Json::object({{"reference", 7}}),
                                  Json::object({{"coding", 7}}),
                                  Json::object({{"coding", Json::array({7})}})};
  auto small = screening("q", "ann", questions);
  while (small["item"].size() > 2) small["item"].erase(2);
  const std::vector<std::pair<Who, Json>> samples{{admin, organization()},
                                                  {admin, site()},
                                                  {admin, room()},
                                                  {admin, bed()},
                                                  {admin, practitioner("x", day_from_now(9))},
                                                  {admin, schedule()},
                                                  {physio, patient("ann")},
                                                  {physio, consent("c", "ann")},
                                                  {physio, episode("e", "ann")},
                                                  {physio, encounter("v", "ann")},
                                                  {physio, symptom("o", "ann")},
                                                  {physio, motion("m", "ann", "L4-L5", "left")},
                                                  {physio, small},
                                                  {physio, clearance("k", "ann")},
                                                  {physio, order("r", "ann")},
                                                  {physio, appointment("a", "ann", "order1")}};
  int n = 0;
  for (const auto& [who, sample] : samples) {
    const auto leaves = sample.flatten();
    for (const auto& [pointer, old] : leaves.items()) {
      // Every element on the way down to each leaf.
      for (auto at = Json::json_pointer(pointer); !at.empty(); at.pop_back())
        for (const auto& value : hostile) {
          if (at.to_string() == "/resourceType" && value.is_string()) continue;
          auto json = sample;
          json["id"] = "h" + std::to_string(++n);
          json[at] = value;
          if (!json["id"].is_string()) continue;
          const auto url =
              "/fhir/" + sample["resourceType"].get<std::string>() + "/h" + std::to_string(n);
          const auto answer = door.send(who, "PUT", url, json.dump());
          if (answer.status < 500) continue;
          FAIL_CHECK(url << " " << at.to_string() << " = " << value.dump() << ": "
                         << answer.status);
        }
    }
  }
  CHECK(n > 2000);
}

TEST_CASE("searches take only what they know, and addresses only UTF-8") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  auto answer = door.get(physio, "/fhir/Patient?shoe-size=44");
  CHECK(answer.status == 400);
  CHECK(answer.field() == "shoe-size");
  CHECK(door.get(physio, "/fhir/Patient?_count=0").field() == "_count");
  CHECK(door.get(physio, "/fhir/Patient?_count=many").field() == "_count");
  CHECK(door.get(physio, "/fhir/Patient?_count=999999").status == 200);
  CHECK(door.get(physio, "/fhir/Observation").field() == "patient");
  CHECK(door.get(physio, "/fhir/Appointment?date=geyesterday").status == 400);
  for (const auto& url : {"/fhir/Patient?name=\xff", "/fhir/Patient?\xff=1", "/fhir/Patient/\xff",
                          "/\xff", "/fhir/Observation?patient=\xc3\x28", "/fhir/Binary/\xff"})
    CHECK(door.get(physio, url).status == 400);
  CHECK(door.get(physio, "/fhir/Patient/" + std::string(65, 'x')).status == 400);
  CHECK(door.get(physio, "/fhir/Patient/ann/_history/x").status == 404);
  CHECK(door.get(physio, "/fhir/Patient/ann/_history/99999999999999999999").status == 404);
  // A message that quotes what was sent, cut in the middle of a character.
  auto odd = symptom("o", "ann");
  odd["code"]["coding"][0]["code"] = "x" + [] {
    std::string text;
    for (int i = 0; i < 60; ++i) text += "\xc3\xa9";
    return text;
  }();
  CHECK(door.put(physio, odd).field() == "Observation.code");
}

TEST_CASE("a retried PUT is harmless, and other content needs the version") {
  Door door(any_engine());
  const auto questions = door.get(physio, "/fhir/Questionnaire/screening").json();
  std::vector<Json> all{patient("ann"),
                        consent("c", "ann"),
                        episode("e", "ann"),
                        encounter("v", "ann"),
                        symptom("o", "ann"),
                        motion("m", "ann", "L4-L5", "left"),
                        screening("q", "ann", questions),
                        clearance("k", "ann"),
                        order("r", "ann")};
  for (const auto& one : all) {
    INFO(one.dump());
    CHECK(door.put(physio, one).status == 201);
    const auto before = door.rows();
    const auto again = door.put(physio, one);
    INFO(again.body);
    CHECK(again.status == 200);
    CHECK(again.headers.at("etag") == "W/\"1\"");
    CHECK(door.rows() == before);
  }
  const auto other = symptom("o", "ann", 2);
  const auto before = door.rows();
  CHECK(door.put(physio, other).status == 409);
  CHECK(door.put(physio, other).field() == "If-Match");
  CHECK(door.put(physio, other, "W/\"2\"").status == 409);
  for (const auto& bad : {"1", "\"1\"", "W/\"\"", "W/\"0\"", "W/\"x\"", "W/\"", "*", "W/\"-1\""}) {
    const auto answer = door.put(physio, other, bad);
    INFO(bad << " " << answer.body);
    CHECK(answer.status == 400);
    CHECK(answer.field() == "If-Match");
  }
  CHECK(door.rows() == before);
  CHECK(door.put(physio, other, "W/\"1\"").headers.at("etag") == "W/\"2\"");
  CHECK(door.get(physio, "/fhir/Observation/o").json()["valueInteger"] == 2);
  CHECK(door.get(physio, "/fhir/Observation/o/_history/1").json()["valueInteger"] == 7);

  door.must(physio, patient("bob"));
  const auto moved = door.put(physio, symptom("o", "bob"), "W/\"2\"");
  CHECK(moved.status == 400);
  CHECK(moved.field() == "Observation.subject");
  auto renamed = patient("ann");
  renamed["id"] = "eve";
  CHECK(door.send(physio, "PUT", "/fhir/Patient/ann", renamed.dump()).field() == "Patient.id");
  CHECK(door.send(physio, "PUT", "/fhir/Patient/a b", patient("ann").dump()).status == 400);
}
