// SPDX-License-Identifier: MPL-2.0
// Who people are to the clinic: patients and how they are found, merged records, kin, staff, consent.
#include "door/door.h"
#include "door/records.h"

using namespace facet;
using namespace facet::testing;

namespace {

const std::string nhs = "https://fhir.nhs.uk/Id/nhs-number";

Json with_number(const std::string& id, const std::string& value, const std::string& system = nhs) {
  Json json = patient(id);
  json["identifier"] = Json::array({{{"system", system}, {"value", value}}});
  return json;
}

/// Ids of the matches of a search.
std::vector<std::string> found(Door& door, const Who& who, const std::string& url) {
  const auto answer = door.get(who, url);
  INFO(url << " " << answer.body);
  REQUIRE(answer.status == 200);
  std::vector<std::string> ids;
  const auto bundle = answer.json();
  if (bundle.contains("entry"))
    for (const auto& entry : bundle["entry"]) ids.push_back(entry["resource"]["id"]);
  return ids;
}
using Ids = std::vector<std::string>;

Answer operate(Door& door, const Who& who, const std::string& operation, const std::string& id,
               const std::string& other, const std::string& reason = "One person, registered twice.") {
  const Json body{{"resourceType", "Parameters"},
                  {"parameter", Json::array({{{"name", "other"}, {"valueReference", to("Patient/" + other)}}})}};
  rest::Pairs headers;
  if (!reason.empty())
    headers.emplace_back("x-provenance",
                         Json{{"resourceType", "Provenance"}, {"reason", Json::array({{{"text", reason}}})}}.dump());
  return door.send(who, "POST", "/fhir/Patient/" + id + "/" + operation, body.dump(), headers);
}

struct Odd {
  const char* pointer;
  Json value;
  std::string field;
};

/// Each value put into a good resource is refused by the name of its place, and leaves nothing.
void refuses(Door& door, const Who& who, const Json& good, const std::vector<Odd>& cases) {
  const auto before = door.rows();
  for (const auto& one : cases) {
    auto json = good;
    if (one.value.is_null())
      json.erase(std::string(one.pointer).substr(1));
    else
      json[Json::json_pointer(one.pointer)] = one.value;
    const auto answer = door.put(who, json);
    INFO(one.pointer << " = " << one.value.dump() << ": " << answer.body);
    CHECK(answer.status == 400);
    CHECK(answer.field() == one.field);
  }
  CHECK(door.rows() == before);
}

Json whole_patient(const std::string& id) {
  auto json = with_number(id, "943 476 5919");
  json["identifier"][0]["use"] = "official";
  json["name"][0]["use"] = "official";
  json["telecom"] = Json::array({{{"system", "phone"}, {"value", "020 7946 0018"}, {"use", "home"}, {"rank", 1}},
                                 {{"system", "email"}, {"value", "zeb@example.org"}, {"use", "work"}}});
  json["address"] = Json::array({{{"use", "home"},
                                  {"type", "both"},
                                  {"line", Json::array({"9 Quince Passage"})},
                                  {"city", "London"},
                                  {"postalCode", "E1W 2AB"},
                                  {"country", "GB"}}});
  json["gender"] = "other";
  json["generalPractitioner"] = Json::array(
      {{{"display", "Dr A. Khan, Elm Surgery"},
        {"identifier", {{"system", "https://fhir.nhs.uk/Id/ods-organization-code"}, {"value", "Y12345"}}}}});
  json["communication"] = Json::array(
      {{{"language", {{"coding", Json::array({{{"system", "urn:ietf:bcp:47"}, {"code", "bfi"}}})}}},
        {"preferred", true}},
       {{"language", {{"coding", Json::array({{{"system", "urn:ietf:bcp:47"}, {"code", "en-GB"}}})}}}}});
  json["extension"] = Json::array(
      {ext("http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired", "valueBoolean", true),
       ext("urn:facet:accessible-format", "valueCode", "large-print"),
       ext("urn:facet:accessible-format", "valueCode", "bsl"),
       ext("urn:facet:contact-preference", "valueCode", "sms"),
       ext("urn:facet:contact-preference", "valueCode", "email")});
  return json;
}

}  // namespace

TEST_CASE("a patient keeps all that a clinic must know to reach and to understand them") {
  Door door(any_engine());
  const auto sent = whole_patient("ann");
  door.must(reception, sent);
  const auto kept = door.get(reception, "/fhir/Patient/ann").json();
  CHECK(kept["identifier"][0]["value"] == "9434765919");
  for (const auto* name : {"name", "telecom", "address", "gender", "generalPractitioner", "communication", "extension"})
    CHECK(kept[name] == sent[name]);
  CHECK(door.put(reception, kept).status == 200);  // what was read can be written
  CHECK(door.put(reception, sent).status == 200);  // a retry
  CHECK(door.count("select count(*) from patient where id = 'ann'") == 1);
}

TEST_CASE("what is not quite a patient is refused by the name of its place") {
  Door door(any_engine());
  const Json coding{{"coding", Json::array({{{"system", "urn:ietf:bcp:47"}, {"code", "english"}}})}};
  const auto interpreter = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";
  refuses(door, reception, whole_patient("eve"),
          {{"/identifier/0/value", "9434765918", "Patient.identifier[0].value"},
           {"/identifier/0/use", "mine", "Patient.identifier[0].use"},
           {"/identifier/0/system", "", "Patient.identifier[0].system"},
           {"/identifier/0/assigner", Json::object(), "Patient.identifier[0].assigner"},
           {"/identifier/0", Json{{"system", nhs}}, "Patient.identifier[0].value"},
           {"/identifier/1", Json{{"system", nhs}, {"value", "9434765919"}}, "Patient.identifier[1]"},
           {"/identifier", Json::object(), "Patient.identifier"},
           {"/name/0/use", "pet", "Patient.name"},
           {"/telecom/0/system", "pigeon", "Patient.telecom[0].system"},
           {"/telecom/0/use", "holiday", "Patient.telecom[0].use"},
           {"/telecom/0/rank", 0, "Patient.telecom[0].rank"},
           {"/telecom/0/value", "12", "Patient.telecom[0].value"},
           {"/telecom/0/value", "1234567890123456", "Patient.telecom[0].value"},
           {"/telecom/1/value", "zeb@", "Patient.telecom[1].value"},
           {"/telecom/1/period", Json::object(), "Patient.telecom[1].period"},
           {"/telecom/1", 7, "Patient.telecom[1]"},
           {"/address/0/use", "secret", "Patient.address[0].use"},
           {"/address/0/type", "virtual", "Patient.address[0].type"},
           {"/address/0/line", Json::array(), "Patient.address[0].line"},
           {"/address/0/planet", "Earth", "Patient.address[0].planet"},
           {"/address/0", Json{{"use", "home"}}, "Patient.address[0]"},
           {"/gender", "robot", "Patient.gender"},
           {"/birthDate", "1971-02-30", "Patient.birthDate"},
           {"/deceasedBoolean", "yes", "Patient.deceasedBoolean"},
           {"/deceasedDateTime", minutes_from_now(30), "Patient.deceasedDateTime"},
           {"/deceasedDateTime", "1970-01-01T00:00:00Z", "Patient.deceasedDateTime"},
           {"/generalPractitioner/0/display", 7, "Patient.generalPractitioner[0].display"},
           {"/generalPractitioner/0/reference", "Practitioner/x", "Patient.generalPractitioner[0].reference"},
           {"/communication/0/language", coding, "Patient.communication[0].language"},
           {"/communication/0/preferred", "yes", "Patient.communication[0].preferred"},
           {"/communication/1/preferred", true, "Patient.communication"},
           {"/communication/1/language/coding/0/code", "bfi", "Patient.communication"},
           {"/extension/0", ext(interpreter, "valueBoolean", "yes"), "Patient.extension"},
           {"/extension/0", ext(interpreter, "valueString", true), "Patient.extension"},
           {"/extension/1", ext("urn:facet:accessible-format", "valueCode", "bsl"), "Patient.extension"},
           {"/extension/1", ext("urn:facet:accessible-format", "valueCode", "semaphore"), "Patient.extension"},
           {"/extension/3", ext("urn:facet:contact-preference", "valueCode", "none"), "Patient.extension"},
           {"/extension/3", ext("urn:facet:contact-preference", "valueCode", "fax"), "Patient.extension"},
           {"/extension/3", ext("urn:other", "valueCode", "fax"), "Patient.extension"},
           {"/link", Json::array({{{"other", to("Patient/ann")}, {"type", "replaces"}}}), "Patient.link"},
           {"/link", Json::array({{{"other", to("Patient/ann")}, {"type", "refer"}}}), "Patient.link[0].type"},
           {"/active", "yes", "Patient.active"},
           {"/photo", Json::array(), "Patient.photo"}});
  auto both = whole_patient("eve");
  both["deceasedBoolean"] = true;
  both["deceasedDateTime"] = minutes_from_now(-60);
  CHECK(door.put(reception, both).field() == "Patient.deceasedBoolean");
}

TEST_CASE("no two active patients have one national number") {
  Door door(any_engine());
  door.must(reception, with_number("ann", "9434765919"));
  const auto before = door.rows();
  const auto second = door.put(reception, with_number("eve", "943 476 5919"));
  INFO(second.body);
  CHECK(second.status == 409);
  CHECK(second.field() == "Patient.identifier");
  CHECK(second.message().find("Patient/ann") != std::string::npos);
  CHECK(door.rows() == before);

  // In another system it is another number, and inactive patients hold none.
  CHECK(door.put(reception, with_number("bob", "9434765919", "urn:insurer")).status == 201);
  CHECK(door.put(reception, with_number("cat", "9434765919", "urn:insurer")).status == 201);
  auto gone = with_number("ann", "9434765919");
  gone["active"] = false;
  REQUIRE(door.put(reception, gone, "W/\"1\"").status == 200);
  CHECK(door.put(reception, with_number("eve", "9434765919")).status == 201);
  CHECK(door.put(reception, with_number("ann", "9434765919"), "W/\"2\"").status == 409);
  // The database itself refuses, whatever a program does.
  CHECK_FALSE(ok(run(*door.scratch.open(),
                     "update patient_value_token set held = 1 where token in "
                     "(select token from patient_value_token where held = 1)")));
}

TEST_CASE("reception finds a patient by number, telephone, birth date and name, in any mixture") {
  Door door(any_engine());
  auto ann = with_number("ann", "9434765919");
  ann["name"][0] = {{"family", "Ångström-Lee"}, {"given", Json::array({"Zoë"})}};
  ann["telecom"] = Json::array({{{"system", "phone"}, {"value", "020 7946 0018"}}});
  auto bob = with_number("bob", "AB 77", "urn:insurer");
  bob["name"][0] = {{"family", "Lee"}, {"given", Json::array({"Zachary"})}};
  bob["birthDate"] = "1971-03";
  bob["telecom"] = Json::array({{{"system", "sms"}, {"value", "+44 7700 900123"}}});
  door.must(reception, ann);
  door.must(reception, bob);
  const auto by = [&](const std::string& query) { return found(door, reception, "/fhir/Patient?" + query); };
  CHECK(by("identifier=" + nhs + "|9434765919") == Ids{"ann"});
  CHECK(by("identifier=" + nhs + "|943 476 5919") == Ids{"ann"});
  CHECK(by("identifier=9434765919") == Ids{"ann"});
  CHECK(by("identifier=urn:insurer|AB 77") == Ids{"bob"});
  CHECK(by("identifier=AB77") == Ids{"bob"});
  CHECK(by("identifier=urn:other|AB 77").empty());
  CHECK(by("phone=+442079460018") == Ids{"ann"});
  CHECK(by("phone=07700900123") == Ids{"bob"});
  CHECK(by("phone=07700900124").empty());
  CHECK(by("birthdate=1971-03-29") == Ids{"ann"});
  CHECK(by("birthdate=1971-03") == Ids{"bob"});
  CHECK(by("name=lee") == Ids{"ann", "bob"});
  CHECK(by("name=lee z") == Ids{"ann", "bob"});
  CHECK(by("name=z lee zoe") == Ids{"ann"});
  CHECK(by("name=angstr") == Ids{"ann"});
  CHECK(by("name=lee&birthdate=1971-03-29") == Ids{"ann"});
  CHECK(by("name=lee&phone=07700900123&birthdate=1971-03") == Ids{"bob"});
  CHECK(by("name=lee&identifier=9434765919&phone=07700900123").empty());
  CHECK(by("name=lee&_id=bob") == Ids{"bob"});
  CHECK(by("name=lee&_lastUpdated=gt2100-01-01T00:00:00Z").empty());
  CHECK(by("name=...").empty());
  CHECK(by("_id=bob") == Ids{"bob"});
  for (const auto* bad : {"identifier=https://fhir.nhs.uk/Id/nhs-number|9434765918", "phone=12",
                          "birthdate=29.3.1971", "email=zeb@example.org"}) {
    INFO(bad);
    CHECK(door.get(reception, std::string("/fhir/Patient?") + bad).status == 400);
  }
  // Changed, they are found by what they are now.
  bob["telecom"][0]["value"] = "07700 900999";
  REQUIRE(door.put(reception, bob, "W/\"1\"").status == 200);
  CHECK(by("phone=07700900123").empty());
  CHECK(by("phone=07700900999") == Ids{"bob"});
}

TEST_CASE("a long list of names comes page by page, each patient once") {
  Door door(any_engine());
  for (int i = 0; i < 7; ++i) door.must(reception, patient("p" + std::to_string(i)));
  Ids all;
  std::string url = "/fhir/Patient?name=oko zeb&_count=3";
  for (int page = 0; page < 3; ++page) {
    const auto bundle = door.get(reception, url).json();
    for (const auto& entry : bundle["entry"]) all.push_back(entry["resource"]["id"]);
    const auto& links = bundle["link"];
    if (page == 2) CHECK(links.size() == 1);
    if (links.size() < 2) break;
    url = "/fhir/" + links[1]["url"].get<std::string>();
    for (std::size_t at; (at = url.find("%20")) != std::string::npos;) url.replace(at, 3, " ");
    for (std::size_t at; (at = url.find('+')) != std::string::npos;) url.replace(at, 1, " ");
  }
  CHECK(all == Ids{"p0", "p1", "p2", "p3", "p4", "p5", "p6"});
}

TEST_CASE("nobody books for the deceased, with or without a date") {
  Door door(any_engine());
  auto dead = patient("ann");
  dead["deceasedBoolean"] = true;
  door.must(reception, dead);
  CHECK(door.get(reception, "/fhir/Patient/ann").json()["deceasedBoolean"] == true);
  door.must(physio, consent("c", "ann"));
  door.must(physio, screening("q", "ann", door.get(physio, "/fhir/Questionnaire/screening").json()));
  door.must(physio, clearance("k", "ann"));
  door.must(physio, order("r", "ann"));
  const auto refused = door.put(physio, appointment("a", "ann", "r"));
  CHECK(refused.status == 422);
  CHECK(refused.all_text().find("deceased") != std::string::npos);
  dead["deceasedBoolean"] = false;
  REQUIRE(door.put(reception, dead, "W/\"1\"").status == 200);
  CHECK(door.put(physio, appointment("a", "ann", "r")).status == 201);
}

TEST_CASE("two records of one person are merged, found as one, and parted again") {
  Door door(any_engine());
  door.must(reception, with_number("old", "9434765919"));
  door.must(reception, patient("new"));
  door.must(physio, symptom("o1", "old"));
  door.must(physio, symptom("o2", "new", 4));
  const auto merged = operate(door, physio, "$merge", "new", "old");
  INFO(merged.body);
  REQUIRE(merged.status == 200);
  CHECK(merged.json()["link"] == Json::array({{{"other", to("Patient/old")}, {"type", "replaces"}}}));
  const auto source = door.get(reception, "/fhir/Patient/old").json();
  CHECK(source["active"] == false);
  CHECK(source["link"] == Json::array({{{"other", to("Patient/new")}, {"type", "replaced-by"}}}));
  CHECK(source["meta"]["versionId"] == "2");
  CHECK(door.get(reception, "/fhir/Patient/new").json()["meta"]["versionId"] == "2");
  auto both = found(door, physio, "/fhir/Observation?patient=new");
  std::sort(both.begin(), both.end());
  CHECK(both == Ids{"o1", "o2"});
  CHECK(found(door, physio, "/fhir/Observation?patient=old") == Ids{"o1"});

  // What was read can be written; the source stays inactive; its number is free for the target.
  CHECK(door.put(reception, source).status == 200);
  auto active = source;
  active["active"] = true;
  CHECK(door.put(reception, active, "W/\"2\"").field() == "Patient.active");
  auto unlinked = source;
  unlinked["link"] = Json::array({{{"other", to("Patient/eve")}, {"type", "replaced-by"}}});
  CHECK(door.put(reception, unlinked, "W/\"2\"").field() == "Patient.link");
  CHECK(door.put(reception, with_number("new", "9434765919"), "W/\"2\"").status == 200);
  CHECK(operate(door, physio, "$unmerge", "new", "old").status == 409);
  REQUIRE(door.put(reception, patient("new"), "W/\"3\"").status == 200);

  const auto parted = operate(door, admin, "$unmerge", "new", "old", "They are cousins.");
  INFO(parted.body);
  REQUIRE(parted.status == 200);
  CHECK_FALSE(parted.json().contains("link"));
  const auto again = door.get(reception, "/fhir/Patient/old").json();
  CHECK(again["active"] == true);
  CHECK_FALSE(again.contains("link"));
  CHECK(found(door, physio, "/fhir/Observation?patient=new") == Ids{"o2"});
  const auto history = door.get(reception, "/fhir/Patient/old/_history").json()["entry"];
  REQUIRE(history.size() == 3);
  CHECK(history[1]["resource"]["link"][0]["type"] == "replaced-by");
  CHECK(door.count("select count(*) from patient_merge") == 0);
  for (const auto* activity : {"merge", "unmerge"})
    CHECK(door.count(std::string("select count(*) from provenance where target_type = 'Patient' and "
                                 "reason_sealed is not null and activity = '") + activity + "'") == 2);
}

TEST_CASE("a merge that makes no sense, or that nobody may make, is refused and changes nothing") {
  Door door(any_engine());
  for (const auto* id : {"a", "b", "c", "d"}) door.must(reception, patient(id));
  REQUIRE(operate(door, physio, "$merge", "a", "b").status == 200);
  const auto before = door.rows();
  struct Case {
    const char *operation, *id, *other, *reason;
    int status;
  };
  for (const auto& one : std::vector<Case>{{"$merge", "c", "c", "x", 400},
                                           {"$merge", "c", "d", "", 400},
                                           {"$merge", "c", "b", "x", 409},   // merged already
                                           {"$merge", "a", "b", "x", 409},
                                           {"$merge", "b", "c", "x", 409},   // the target is
                                           {"$merge", "c", "a", "x", 409},   // the source has some
                                           {"$merge", "c", "nobody", "x", 404},
                                           {"$merge", "nobody", "c", "x", 404},
                                           {"$unmerge", "c", "d", "x", 409},
                                           {"$unmerge", "b", "a", "x", 409},
                                           {"$unmerge", "a", "b", "", 400}}) {
    const auto answer = operate(door, physio, one.operation, one.id, one.other, one.reason);
    INFO(one.operation << " " << one.id << " " << one.other << " " << answer.body);
    CHECK(answer.status == one.status);
  }
  CHECK(operate(door, reception, "$merge", "c", "d").status == 403);
  CHECK(operate(door, reception, "$unmerge", "a", "b").status == 403);
  for (const auto* body : {"", "{}", "[]", R"({"resourceType":"Parameters"})",
                           R"({"resourceType":"Parameters","parameter":[{"name":"others"}]})",
                           R"({"resourceType":"Parameters","parameter":[{"name":"other","valueReference":{"reference":"Device/c"}}]})",
                           R"({"resourceType":"Parameters","parameter":[{"name":"other","valueReference":{"reference":"Patient/c"}}],"x":1})"})
    CHECK(door.send(physio, "POST", "/fhir/Patient/a/$merge", body).status == 400);
  CHECK(door.rows() == before);
  CHECK(door.count("select count(*) from patient_merge") == 1);
}
