// SPDX-License-Identifier: MPL-2.0
// Symptoms, notes and problems: what each takes, and a value just outside it.
#include "door/visits.h"

using namespace facet;
using namespace facet::testing;

namespace {

Json component(const std::string& code, const std::string& name, const Json& value) {
  return {{"code", code_of("urn:facet:measure", code)}, {name, value}};
}

Json full_symptom(const std::string& id) {
  auto json = symptom(id, "ann", 4);
  json["extension"] = Json::array({ext("urn:facet:onset", "valueDateTime", "2019-07")});
  json["component"] = Json::array({component("severity-average", "valueInteger", 0),
                                   component("severity-worst", "valueInteger", 10),
                                   component("worse-with", "valueString", "Gripping a racket"),
                                   component("better-with", "valueString", "Resting it")});
  json["note"] = Json::array({{{"text", "Since the move"}}});
  return json;
}

Json other_symptom(const std::string& id) {
  auto json = symptom(id, "ann", 4);
  json["code"] = code_of("urn:facet:symptom", "other");
  json["code"]["text"] = "A buzzing behind the knee";
  json["bodySite"]["coding"] =
      Json::array({{{"system", "urn:facet:region"}, {"code", "lower_limb"}},
                   {{"system", "urn:facet:side"}, {"code", "left"}}});
  return json;
}

Json note(const std::string& id, const std::string& kind, const std::string& text) {
  auto json = symptom(id, "ann");
  json["code"] = code_of("urn:facet:note", kind);
  json.erase("bodySite");
  json.erase("valueInteger");
  json["valueString"] = text;
  return json;
}

Json condition(const std::string& id) {
  auto json = testing::condition(id, "ann");
  json["bodySite"] = Json::array({json["bodySite"]});
  json["onsetDateTime"] = "2025-11";
  return json;
}

Json verified(Json json, const std::string& status) {
  json["verificationStatus"] =
      code_of("http://terminology.hl7.org/CodeSystem/condition-ver-status", status);
  return json;
}

Json clinical(Json json, const std::string& status) {
  json["clinicalStatus"] =
      code_of("http://terminology.hl7.org/CodeSystem/condition-clinical", status);
  return json;
}

/// Sends each spoiled resource, and checks where it is refused.
struct Spoiled {
  Json resource;
  const char* pointer;
  Json value;
  const char* field;
};

void refuse_all(Door& door, const std::vector<Spoiled>& cases) {
  const auto before = door.rows();
  for (const auto& one : cases) {
    auto json = one.resource;
    const Json::json_pointer place(one.pointer);
    if (one.value.is_null())
      json[place.parent_pointer()].erase(place.back());
    else
      json[place] = one.value;
    const auto answer = door.put(physio, json);
    INFO(one.pointer << " = " << one.value.dump().substr(0, 80) << ": " << answer.body);
    CHECK(answer.status == 400);
    CHECK(answer.field() == one.field);
  }
  CHECK(door.rows() == before);
}

}  // namespace

TEST_CASE(
    "a symptom says how bad it is now, on average and at worst, since when, and what changes it") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  const auto sent = full_symptom("o");
  door.must(physio, sent);
  const auto read = door.get(physio, "/fhir/Observation/o").json();
  CHECK(read["valueInteger"] == 4);
  CHECK(read["component"] == sent["component"]);
  CHECK(read["extension"] == sent["extension"]);
  CHECK(read["note"] == sent["note"]);
  std::set<std::string> systems;
  for (const auto& coding : read["code"]["coding"]) systems.insert(coding["system"]);
  CHECK(systems == std::set<std::string>{"urn:facet:symptom", "http://snomed.info/sct",
                                         "http://hl7.org/fhir/sid/icd-10", "http://loinc.org"});
  CHECK(read["code"]["coding"][0].contains("display"));
  CHECK(door.put(physio, sent).status == 200);  // a retry
  auto read_back = read;
  read_back.erase("meta");
  CHECK(door.put(physio, read_back).json() == read);  // what is read can be sent
  CHECK(door.count("select count(*) from observation where worse_with_sealed like '%racket%' or "
                   "better_with_sealed like '%Rest%'") == 0);
  const std::string bound(1000, 'x');
  auto wordy = full_symptom("wordy");
  for (const char* part : {"/component/2/valueString", "/component/3/valueString"})
    wordy[Json::json_pointer(part)] = bound;
  door.must(physio, wordy);
  const auto full = full_symptom("x");
  refuse_all(
      door,
      {
          {full, "/component/0/valueInteger", -1, "Observation.component[0].valueInteger"},
          {full, "/component/0/valueInteger", 11, "Observation.component[0].valueInteger"},
          {full, "/component/1/valueInteger", 11, "Observation.component[1].valueInteger"},
          {full, "/component/1/valueInteger", "5", "Observation.component[1].valueInteger"},
          {full, "/component/1/code/coding/0/code", "severity-average",
           "Observation.component[1].code"},
          {full, "/component/1/code/coding/0/code", "severity-least",
           "Observation.component[1].code"},
          {full, "/component/1/valueString", "5", "Observation.component[1].valueString"},
          {full, "/component/2/valueString", bound + "x", "Observation.component[2].valueString"},
          {full, "/component/3/valueString", "", "Observation.component[3].valueString"},
          {full, "/component/3/valueString", nullptr, "Observation.component[3].valueString"},
          {full, "/component", 7, "Observation.component"},
          {full, "/component/0", 7, "Observation.component[0]"},
          {full, "/component/0", component("pain-on-pressure", "valueBoolean", true),
           "Observation.component"},
          {full, "/extension/0/valueDateTime", day_from_now(2), "Observation.extension"},
          {full, "/extension/0/valueDateTime", "2019-13", "Observation.extension"},
          {full, "/extension/0/valueDateTime", "July", "Observation.extension"},
          {full, "/extension/0", ext("urn:facet:onset", "valueString", "2019"),
           "Observation.extension"},
          {full, "/extension/1", full["extension"][0], "Observation.extension"},
          {full, "/extension/0/url", "urn:other", "Observation.extension"},
          {full, "/code/text", "Sore elbow", "Observation.code.text"},
          {full, "/bodySite", code_of("urn:other", "elbow"), "Observation.bodySite"},
          {full, "/valueString", "bad", "Observation.valueString"},
          {stress("x", "ann"), "/component", full["component"], "Observation.component"},
          {stress("x", "ann"), "/extension", full["extension"], "Observation.extension"},
          {stress("x", "ann"), "/bodySite", code_of("urn:facet:side", "left"),
           "Observation.bodySite"},
          {motion("x", "ann", "L4-L5", "both"), "/status", "final", "Observation.bodySite"},
          {motion("x", "ann", "C0-C2", "left"), "/status", "final", "Observation.bodySite"},
      });
}

TEST_CASE(
    "a symptom that the catalogue does not have is told in words, with a region of the body") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  const auto sent = other_symptom("o");
  door.must(physio, sent);
  const auto read = door.get(physio, "/fhir/Observation/o").json();
  CHECK(read["code"]["text"] == "A buzzing behind the knee");
  CHECK(read["bodySite"] == sent["bodySite"]);
  CHECK(door.count("select count(*) from observation where text_sealed like '%buzz%'") == 0);
  const auto plain = door.get(physio, "/fhir/Observation?patient=ann&code=other");
  CHECK(plain.json()["entry"].size() == 1);
  // Screening goes on without it: the catalogue has no questions for it.
  auto asked = screening("q", "ann", door.get(physio, "/fhir/Questionnaire/screening").json());
  CHECK(door.put(physio, asked).status == 201);
  refuse_all(
      door,
      {
          {other_symptom("x"), "/code/text", nullptr, "Observation.code.text"},
          {other_symptom("x"), "/code/text", "", "Observation.code.text"},
          {other_symptom("x"), "/code/text", std::string(1001, 'x'), "Observation.code.text"},
          {other_symptom("x"), "/bodySite", nullptr, "Observation.bodySite"},
          {other_symptom("x"), "/bodySite/coding/0/code", "tail", "Observation.bodySite"},
          {other_symptom("x"), "/bodySite/coding/1/code", "middle", "Observation.bodySite"},
          {other_symptom("x"), "/valueInteger", 11, "Observation.valueInteger"},
          {symptom("x", "ann"), "/bodySite/coding/1",
           Json{{"system", "urn:facet:region"}, {"code", "upper_limb"}}, "Observation.bodySite"},
      });
}

TEST_CASE("notes hold free text, encrypted at rest, and nothing else") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, encounter("v", "ann"));
  for (const char* kind : {"history", "examination", "assessment", "plan", "advice", "exercises"}) {
    const auto sent = in_visit(note(kind, kind, "Kestrel " + std::string(kind)), "v");
    door.must(physio, sent);
    const auto read = door.get(physio, "/fhir/Observation/" + std::string(kind)).json();
    CHECK(read["valueString"] == sent["valueString"]);
    CHECK_FALSE(read.contains("valueInteger"));
  }
  CHECK(door.get(physio, "/fhir/Observation/plan").json()["category"][0]["coding"][0]["code"] ==
        "therapy");
  CHECK(door.count("select count(*) from observation where text_sealed like '%estrel%'") == 0);
  CHECK(door.count("select count(*) from observation where text_sealed is null") == 0);
  door.must(physio, note("long", "plan", std::string(20'000, 'x')));
  refuse_all(door, {
                       {note("x", "plan", "y"), "/valueString", std::string(20'001, 'x'),
                        "Observation.valueString"},
                       {note("x", "plan", "y"), "/valueString", "", "Observation.valueString"},
                       {note("x", "plan", "y"), "/valueString", nullptr, "Observation.valueString"},
                       {note("x", "plan", "y"), "/valueString", std::string("a\0b", 3),
                        "Observation.valueString"},
                       {note("x", "poem", "y"), "/status", "final", "Observation.code"},
                       {note("x", "plan", "y"), "/valueInteger", 3, "Observation.valueInteger"},
                       {note("x", "plan", "y"), "/bodySite", code_of("urn:facet:side", "left"),
                        "Observation.bodySite"},
                       {note("x", "plan", "y"), "/component", full_symptom("x")["component"],
                        "Observation.component"},
                       {note("x", "plan", "y"), "/extension", full_symptom("x")["extension"],
                        "Observation.extension"},
                   });
}

TEST_CASE("a problem is unconfirmed until a clinician says more, and is followed to its end") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, encounter("v", "ann"));
  door.must(physio, in_visit(symptom("o", "ann"), "v"));
  auto sent = in_visit(condition("c"), "v");
  sent["evidence"] = Json::array({{{"detail", Json::array({to("Observation/o")})}}});
  sent["note"] = Json::array({{{"text", "Merlin said so"}}});
  CHECK(door.put(reception, sent).status == 403);
  door.must(physio, sent);
  const auto read = door.get(physio, "/fhir/Condition/c").json();
  CHECK(read["verificationStatus"]["coding"][0]["code"] == "unconfirmed");
  CHECK(read["category"][0]["coding"][0]["code"] == "problem-list-item");
  CHECK(read["onsetDateTime"] == "2025-11");
  CHECK(read["evidence"] == sent["evidence"]);
  CHECK(read["bodySite"] == sent["bodySite"]);
  CHECK(read["code"]["coding"].size() == 3);
  CHECK(door.get(reception, "/fhir/Condition/c").status == 403);
  CHECK(door.count("select count(*) from condition where note_sealed like '%Merlin%'") == 0);
  auto read_back = read;
  read_back.erase("meta");
  CHECK(door.put(physio, read_back).json() == read);

  const auto found = [&](const std::string& query) {
    const auto json = door.get(physio, "/fhir/Condition?patient=ann&" + query).json();
    return json.contains("entry");
  };
  CHECK(found("clinical-status=active"));
  CHECK_FALSE(found("clinical-status=resolved"));
  CHECK(found("verification-status=unconfirmed,confirmed"));
  CHECK(found("code=tennis_elbow"));
  CHECK_FALSE(found("code=other"));
  CHECK(found("encounter=v"));
  CHECK(door.get(physio, "/fhir/Condition?clinical-status=active").status == 400);

  // After the signature what becomes of it needs no reason; what was found does.
  REQUIRE(door.put(physio, finished(encounter("v", "ann")), "W/\"1\"").status == 200);
  auto over = clinical(verified(sent, "confirmed"), "resolved");
  over["abatementDateTime"] = minutes_from_now(-1);
  CHECK(door.put(physio, over, "W/\"1\"").status == 200);
  auto moved = over;
  moved["onsetDateTime"] = "2024";
  CHECK(door.put(physio, moved, "W/\"2\"").field() == "X-Provenance");
  CHECK(send_because(door, physio, moved, "W/\"2\"", "Asked again").status == 200);
  auto gone = verified(moved, "entered-in-error");
  gone.erase("clinicalStatus");
  CHECK(door.put(physio, gone, "W/\"3\"").field() == "X-Provenance");
  CHECK(send_because(door, physio, gone, "W/\"3\"", "Wrong patient").status == 200);
  CHECK(door.get(physio, "/fhir/Condition/c/_history").json()["total"] == 4);
  CHECK(door.count("select count(*) from provenance where target_id = 'c'") == 2);
}

TEST_CASE("a problem that breaks a rule of FHIR or of the clinic is refused by name") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, patient("bob"));
  door.must(physio, encounter("bobs", "bob"));
  door.must(physio, symptom("bobs", "bob"));
  auto withdrawn = symptom("withdrawn", "ann");
  withdrawn["status"] = "entered-in-error";
  door.must(physio, withdrawn);
  const auto evidence = [](const std::string& target) {
    return Json::array({{{"detail", Json::array({to(target)})}}});
  };
  const auto abated = minutes_from_now(-1);
  refuse_all(
      door,
      {
          {condition("x"), "/clinicalStatus", nullptr, "Condition.clinicalStatus"},
          {clinical(condition("x"), "asleep"), "/onsetDateTime", "2025",
           "Condition.clinicalStatus"},
          {verified(condition("x"), "rumoured"), "/onsetDateTime", "2025",
           "Condition.verificationStatus"},
          {verified(condition("x"), "entered-in-error"), "/onsetDateTime", "2025",
           "Condition.clinicalStatus"},
          {condition("x"), "/category",
           Json::array({code_of("http://terminology.hl7.org/CodeSystem/condition-category",
                                "encounter-diagnosis")}),
           "Condition.category"},
          {condition("x"), "/abatementDateTime", abated, "Condition.abatementDateTime"},
          {clinical(condition("x"), "recurrence"), "/abatementDateTime", abated,
           "Condition.abatementDateTime"},
          {clinical(condition("x"), "resolved"), "/abatementDateTime", minutes_from_now(24 * 60),
           "Condition.abatementDateTime"},
          {clinical(condition("x"), "resolved"), "/abatementDateTime", "2025-10-01T10:00:00Z",
           "Condition.abatementDateTime"},
          {condition("x"), "/onsetDateTime", day_from_now(2), "Condition.onsetDateTime"},
          {condition("x"), "/onsetDateTime", "long ago", "Condition.onsetDateTime"},
          {condition("x"), "/code/coding/0/code", "sadness", "Condition.code"},
          {condition("x"), "/code/coding/0/code", "other", "Condition.code.text"},
          {condition("x"), "/bodySite", nullptr, "Condition.bodySite"},
          {condition("x"), "/evidence", evidence("Observation/none"), "Condition.evidence"},
          {condition("x"), "/evidence", evidence("Observation/bobs"), "Condition.evidence"},
          {condition("x"), "/evidence", evidence("Observation/withdrawn"), "Condition.evidence"},
          {condition("x"), "/evidence", evidence("Patient/ann"), "Condition.evidence"},
          {condition("x"), "/subject", to("Patient/eve"), "Condition.subject"},
          {condition("x"), "/encounter", to("Encounter/bobs"), "Condition.encounter"},
          {condition("x"), "/severity", "bad", "Condition.severity"},
      });
}

TEST_CASE(
    "a course of care says who sent, who pays, what for and how it ended, and then takes no "
    "visits") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  auto course = episode("e", "ann");
  course["extension"] = Json::array({ext("urn:facet:referrer", "valueString", "Dr Peregrine"),
                                     ext("urn:facet:payer", "valueString", "Osprey Health"),
                                     ext("urn:facet:goal", "valueString", "Carry the heron")});
  door.must(physio, course);
  CHECK(door.get(physio, "/fhir/EpisodeOfCare/e").json()["extension"] == course["extension"]);
  auto visit = encounter("v", "ann");
  visit["episodeOfCare"] = Json::array({to("EpisodeOfCare/e")});
  door.must(physio, visit);

  const Json discharge{{"url", "urn:facet:discharge"},
                       {"extension", Json::array({ext("date", "valueDate", day_from_now(0)),
                                                  ext("summary", "valueString", "Carries it")})}};
  auto over = course;
  over["extension"].push_back(discharge);
  CHECK(door.put(physio, over, "W/\"1\"").field() == "EpisodeOfCare.extension");  // still active
  over["status"] = "finished";
  CHECK(door.put(physio, over, "W/\"1\"").field() == "EpisodeOfCare.period");
  over["period"]["end"] = minutes_from_now(24 * 60);
  CHECK(door.put(physio, over, "W/\"1\"").field() == "EpisodeOfCare.period");
  over["period"]["end"] = minutes_from_now(-1);
  for (const auto& [pointer, value] : std::vector<std::pair<const char*, Json>>{
           {"/extension/3/extension/0/valueDate", day_from_now(2)},
           {"/extension/3/extension/0/valueDate", "soon"},
           {"/extension/3/extension/1/valueString", std::string(4001, 'x')},
           {"/extension/3/extension/1/url", "story"},
           {"/extension/3/valueString", "x"}}) {
    auto bad = over;
    bad[Json::json_pointer(pointer)] = value;
    INFO(pointer);
    CHECK(door.put(physio, bad, "W/\"1\"").field() == "EpisodeOfCare.extension");
  }
  const auto answer = door.put(physio, over, "W/\"1\"");
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  CHECK(answer.json()["extension"] == over["extension"]);
  CHECK(door.count("select count(*) from episode_of_care where referrer_sealed like '%Pereg%' or "
                   "payer_sealed like '%Osp%' or discharge_sealed like '%arries%'") == 0);
  CHECK(door.put(physio, visit).status == 200);  // a retry of what was there
  visit["id"] = "w";
  CHECK(door.put(physio, visit).field() == "Encounter.episodeOfCare");
}
