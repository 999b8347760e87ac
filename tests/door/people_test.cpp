// SPDX-License-Identifier: MPL-2.0
// Who people are to the clinic: patients and how they are found, merged records, kin, staff,
// consent.
#include "door/safety.h"
#include "door/visits.h"

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
               const std::string& other,
               const std::string& reason = "One person, registered twice.") {
  const Json body{{"resourceType", "Parameters"},
                  {"parameter",
                   Json::array({{{"name", "other"}, {"valueReference", to("Patient/" + other)}}})}};
  rest::Pairs headers;
  if (!reason.empty())
    headers.emplace_back(
        "x-provenance",
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
  json["telecom"] =
      Json::array({{{"system", "phone"}, {"value", "020 7946 0018"}, {"use", "home"}, {"rank", 1}},
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
        {"identifier",
         {{"system", "https://fhir.nhs.uk/Id/ods-organization-code"}, {"value", "Y12345"}}}}});
  json["communication"] = Json::array(
      {{{"language", {{"coding", Json::array({{{"system", "urn:ietf:bcp:47"}, {"code", "bfi"}}})}}},
        {"preferred", true}},
       {{"language",
         {{"coding", Json::array({{{"system", "urn:ietf:bcp:47"}, {"code", "en-GB"}}})}}}}});
  json["extension"] =
      Json::array({ext("http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired",
                       "valueBoolean", true),
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
  for (const auto* name : {"name", "telecom", "address", "gender", "generalPractitioner",
                           "communication", "extension"})
    CHECK(kept[name] == sent[name]);
  CHECK(door.put(reception, kept).status == 200);  // what was read can be written
  CHECK(door.put(reception, sent).status == 200);  // a retry
  CHECK(door.count("select count(*) from patient where id = 'ann'") == 1);
}

TEST_CASE("what is not quite a patient is refused by the name of its place") {
  Door door(any_engine());
  const Json coding{
      {"coding", Json::array({{{"system", "urn:ietf:bcp:47"}, {"code", "english"}}})}};
  const auto interpreter = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";
  refuses(
      door, reception, whole_patient("eve"),
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
       {"/generalPractitioner/0/reference", "Practitioner/x",
        "Patient.generalPractitioner[0].reference"},
       {"/communication/0/language", coding, "Patient.communication[0].language"},
       {"/communication/0/preferred", "yes", "Patient.communication[0].preferred"},
       {"/communication/1/preferred", true, "Patient.communication"},
       {"/communication/1/language/coding/0/code", "bfi", "Patient.communication"},
       {"/extension/0", ext(interpreter, "valueBoolean", "yes"), "Patient.extension"},
       {"/extension/0", ext(interpreter, "valueString", true), "Patient.extension"},
       {"/extension/1", ext("urn:facet:accessible-format", "valueCode", "bsl"),
        "Patient.extension"},
       {"/extension/1", ext("urn:facet:accessible-format", "valueCode", "semaphore"),
        "Patient.extension"},
       {"/extension/3", ext("urn:facet:contact-preference", "valueCode", "none"),
        "Patient.extension"},
       {"/extension/3", ext("urn:facet:contact-preference", "valueCode", "fax"),
        "Patient.extension"},
       {"/extension/3", ext("urn:other", "valueCode", "fax"), "Patient.extension"},
       {"/link", Json::array({{{"other", to("Patient/ann")}, {"type", "replaces"}}}),
        "Patient.link"},
       {"/link", Json::array({{{"other", to("Patient/ann")}, {"type", "refer"}}}),
        "Patient.link[0].type"},
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
  const auto by = [&](const std::string& query) {
    return found(door, reception, "/fhir/Patient?" + query);
  };
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
  door.must(physio,
            screening("q", "ann", door.get(physio, "/fhir/Questionnaire/screening").json()));
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
  CHECK(merged.json()["link"] ==
        Json::array({{{"other", to("Patient/old")}, {"type", "replaces"}}}));
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
    CHECK(
        door.count(std::string("select count(*) from provenance where target_type = 'Patient' and "
                               "reason_sealed is not null and activity = '") +
                   activity + "'") == 2);
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
                                           {"$merge", "c", "b", "x", 409},  // merged already
                                           {"$merge", "a", "b", "x", 409},
                                           {"$merge", "b", "c", "x", 409},  // the target is
                                           {"$merge", "c", "a", "x", 409},  // the source has some
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
  for (
      const auto* body :
      {"", "{}", "[]", R"({"resourceType":"Parameters"})",
       R"({"resourceType":"Parameters","parameter":[{"name":"others"}]})",
       R"({"resourceType":"Parameters","parameter":[{"name":"other","valueReference":{"reference":"Device/c"}}]})",
       R"({"resourceType":"Parameters","parameter":[{"name":"other","valueReference":{"reference":"Patient/c"}}],"x":1})"})
    CHECK(door.send(physio, "POST", "/fhir/Patient/a/$merge", body).status == 400);
  CHECK(door.rows() == before);
  CHECK(door.count("select count(*) from patient_merge") == 1);
}

TEST_CASE("kin and guardians are kept under the patient's key, and found by the patient") {
  Door door(any_engine());
  door.must(reception, patient("ann"));
  door.must(reception, patient("bob"));
  auto sent = related_person("mum", "ann");
  sent["period"] = {{"start", minutes_from_now(-600)}, {"end", minutes_from_now(600)}};
  sent["address"] = Json::array({{{"text", "9 Quince Passage"}}});
  door.must(reception, sent);
  door.must(reception, related_person("kin", "bob", "next-of-kin"));
  const auto kept = door.get(reception, "/fhir/RelatedPerson/mum").json();
  for (const auto* name :
       {"active", "patient", "relationship", "name", "telecom", "address", "period"})
    CHECK(kept[name] == sent[name]);
  CHECK(door.put(reception, kept).status == 200);
  CHECK(found(door, reception, "/fhir/RelatedPerson?patient=ann") == Ids{"mum"});
  CHECK(found(door, reception, "/fhir/RelatedPerson?patient=ann&relationship=carer").empty());
  CHECK(door.get(reception, "/fhir/RelatedPerson?relationship=guardian").status == 400);
  CHECK(door.get(reception, "/fhir/RelatedPerson?patient=ann&_include=RelatedPerson:patient")
            .json()["entry"]
            .size() == 2);
  CHECK(door.count("select count(*) from related_person where name_sealed like '%Feather%'") == 0);
  refuses(door, reception, related_person("eve", "ann"),
          {{"/patient", nullptr, "RelatedPerson.patient"},
           {"/patient/reference", "Patient/none", "RelatedPerson.subject"},
           {"/relationship/0/coding/0/code", "friend", "RelatedPerson.relationship"},
           {"/relationship/0/coding/0/system", "urn:x", "RelatedPerson.relationship"},
           {"/relationship", nullptr, "RelatedPerson.relationship"},
           {"/name", nullptr, "RelatedPerson.name"},
           {"/name/0/use", "pet", "RelatedPerson.name"},
           {"/telecom/0/system", "pigeon", "RelatedPerson.telecom[0].system"},
           {"/active", 1, "RelatedPerson.active"},
           {"/period", Json{{"start", "yesterday"}}, "RelatedPerson.period.start"},
           {"/period", Json{{"begin", minutes_from_now(0)}}, "RelatedPerson.period.begin"},
           {"/period", Json{{"start", minutes_from_now(0)}, {"end", minutes_from_now(0)}},
            "RelatedPerson.period"},
           {"/gender", "male", "RelatedPerson.gender"}});
  auto moved = sent;
  moved["patient"] = to("Patient/bob");
  CHECK(door.put(reception, moved, "W/\"1\"").status == 400);
}

TEST_CASE("what staff do where is found by person, clinic and role") {
  Door door(any_engine());
  auto sent = practitioner_role("r1");
  sent["period"] = {{"start", minutes_from_now(-600)}};
  door.must(admin, sent);
  const auto kept = door.get(reception, "/fhir/PractitionerRole/r1").json();
  for (const auto* name : {"active", "practitioner", "organization", "location", "code", "period"})
    CHECK(kept[name] == sent[name]);
  for (const auto* query :
       {"practitioner=physio", "organization=org", "role=physiotherapist", "location=site",
        "practitioner=Practitioner/physio&role=physiotherapist"})
    CHECK(found(door, reception, std::string("/fhir/PractitionerRole?") + query) == Ids{"r1"});
  CHECK(found(door, reception, "/fhir/PractitionerRole?role=doctor").empty());
  CHECK(door.get(reception, "/fhir/PractitionerRole?role=doctor&site=x").status == 400);
  refuses(door, admin, practitioner_role("r2"),
          {{"/practitioner/reference", "Practitioner/none", "PractitionerRole.practitioner"},
           {"/organization/reference", "Organization/none", "PractitionerRole.organization"},
           {"/location/0/reference", "Location/none", "PractitionerRole.location"},
           {"/location/0/reference", "Device/bed", "PractitionerRole.location[0].reference"},
           {"/code/0/coding/0/code", "surgeon", "PractitionerRole.code"},
           {"/code", nullptr, "PractitionerRole.code"},
           {"/telecom", Json::array(), "PractitionerRole.telecom"}});
}

TEST_CASE("places, beds and registrations are read as strictly as people") {
  Door door(any_engine());
  auto whole = bed();
  whole["id"] = "bed2";
  whole["manufacturer"] = "BackHug";
  whole["serialNumber"] = "SN-1";
  whole["modelNumber"] = "M2";
  whole["version"] = Json::array({{{"value", "4.2.1"}}});
  door.must(admin, whole);
  const auto kept = door.get(admin, "/fhir/Device/bed2").json();
  for (const auto* name : {"manufacturer", "serialNumber", "modelNumber", "version", "deviceName"})
    CHECK(kept[name] == whole[name]);
  whole["id"] = "bed3";
  refuses(door, admin, whole,
          {{"/status", "broken", "Device.status"},
           {"/deviceName", nullptr, "Device.deviceName"},
           {"/deviceName/0/type", "nickname", "Device.deviceName[0].type"},
           {"/deviceName/0/name", "", "Device.deviceName[0].name"},
           {"/version/0/value", 4, "Device.version[0].value"},
           {"/version/0/type", Json::object(), "Device.version[0].type"},
           {"/modelNumber", 7, "Device.modelNumber"},
           {"/owner", nullptr, "Device.owner"},
           {"/location/reference", "Location/none", "Device.location"},
           {"/extension", Json::array({ext("urn:facet:max-minutes", "valueInteger", 61)}),
            "Device.extension"},
           {"/extension", Json::array({ext("urn:facet:turnover-minutes", "valueInteger", -1)}),
            "Device.extension"}});
  auto place = room();
  place["id"] = "room2";
  refuses(door, admin, place,
          {{"/status", "open", "Location.status"},
           {"/partOf/reference", "Location/none", "Location.partOf"},
           {"/partOf", nullptr, "Location.extension"},
           {"/mode", "instance", "Location.mode"}});
  refuses(
      door, admin, practitioner("doc", day_from_now(9)),
      {{"/qualification/0/issuer/display", "", "Practitioner.qualification[0].issuer"},
       {"/qualification/0/period/end", "2027-01", "Practitioner.qualification[0].period"},
       {"/qualification/0/period/end", "2027-02-29", "Practitioner.qualification[0].period"},
       {"/qualification/0/identifier", Json::array(), "Practitioner.qualification[0].identifier"},
       {"/qualification/0/code", 7, "Practitioner.qualification[0].code"},
       {"/qualification/0/rank", 1, "Practitioner.qualification[0].rank"},
       {"/qualification/1", Json::object(), "Practitioner.qualification"},
       {"/name", Json::array(), "Practitioner.name"}});
}

TEST_CASE("a consent says to which words, by whom and when, and is withdrawn, never rewritten") {
  Door door(any_engine());
  door.must(reception, patient("ann"));
  door.must(reception, patient("bob"));
  door.must(reception, related_person("proxy", "ann", "proxy"));
  door.must(reception, related_person("kin", "ann", "next-of-kin"));
  door.must(reception, related_person("other", "bob", "guardian"));
  auto sent = consent("c", "ann");
  sent["performer"] = Json::array({to("RelatedPerson/proxy")});
  sent["policyRule"] = {{"text", "bed-consent 3"}};
  door.must(physio, sent);
  auto kept = door.get(physio, "/fhir/Consent/c").json();
  CHECK(kept["policyRule"]["text"] == "bed-consent 3");
  CHECK(kept["performer"] == sent["performer"]);
  CHECK(door.put(physio, sent).status == 200);
  CHECK(door.put(physio, kept).status == 200);

  const auto changed = [&](const char* pointer, const Json& value) {
    auto json = kept;
    json[Json::json_pointer(pointer)] = value;
    return door.put(physio, json, "W/\"1\"").status;
  };
  CHECK(changed("/category/0/coding/0/code", "sharing") == 409);
  CHECK(changed("/dateTime", minutes_from_now(-60)) == 409);
  CHECK(changed("/performer/0", to("Patient/ann")) == 409);
  CHECK(changed("/policyRule/text", "bed-consent 4") == 409);
  CHECK(changed("/status", "rejected") == 409);
  CHECK(changed("/patient", to("Patient/bob")) != 200);

  kept["status"] = "inactive";
  kept["extension"] =
      Json::array({ext("urn:facet:withdrawn", "valueDateTime", minutes_from_now(-60))});
  CHECK(door.put(physio, kept, "W/\"1\"").field() == "Consent.extension");
  kept["extension"] =
      Json::array({ext("urn:facet:reason", "valueString", "The bed is too loud for her.")});
  const auto withdrawn = door.put(physio, kept, "W/\"1\"");
  INFO(withdrawn.body);
  REQUIRE(withdrawn.status == 200);
  CHECK(withdrawn.json()["extension"].size() == 2);
  CHECK(door.put(physio, kept).status == 200);  // a retry
  const auto history = door.get(physio, "/fhir/Consent/c/_history").json()["entry"];
  REQUIRE(history.size() == 2);
  CHECK(history[0]["resource"]["status"] == "inactive");
  CHECK(history[1]["resource"]["status"] == "active");
  kept["status"] = "active";
  CHECK(door.put(physio, kept, "W/\"2\"").status == 409);
  kept["status"] = "entered-in-error";
  CHECK(send_because(door, physio, kept, "W/\"2\"", "Meant for Bob.").status == 200);
  kept["status"] = "inactive";
  CHECK(send_because(door, physio, kept, "W/\"3\"", "No, for her.").status == 409);
  CHECK(door.count("select count(*) from consent where note_sealed like '%loud%'") == 0);

  refuses(
      door, physio, consent("d", "ann"),
      {{"/status", "draft", "Consent.status"},
       {"/category/0/coding/0/code", "research", "Consent.category"},
       {"/scope/coding/0/code", "adr", "Consent.scope"},
       {"/scope/coding/0/system", "urn:x", "Consent.scope"},
       {"/dateTime", minutes_from_now(5), "Consent.dateTime"},
       {"/dateTime", nullptr, "Consent.dateTime"},
       {"/policyRule", "OPTIN", "Consent.policyRule"},
       {"/policyRule",
        Json{
            {"coding", Json::array({{{"system", "http://terminology.hl7.org/CodeSystem/v3-ActCode"},
                                     {"code", "OPTOUT"}}})}},
        "Consent.policyRule.coding"},
       {"/policyRule/reference", "x", "Consent.policyRule.reference"},
       {"/extension", Json::array({ext("urn:facet:text-version", "valueString", "another")}),
        "Consent.policyRule.text"},
       {"/extension", Json::array({ext("urn:facet:reason", "valueString", 7)}),
        "Consent.extension"},
       {"/performer", Json::array({to("Patient/bob")}), "Consent.performer"},
       {"/performer", Json::array({to("RelatedPerson/none")}), "Consent.performer"},
       {"/performer", Json::array({to("RelatedPerson/other")}), "Consent.performer"},
       {"/performer", Json::array({to("RelatedPerson/kin")}), "Consent.performer"},
       {"/performer", Json::array({to("Practitioner/physio")}), "Consent.performer[0].reference"},
       {"/performer", Json::array({to("Patient/ann"), to("RelatedPerson/proxy")}),
        "Consent.performer"},
       {"/provision", Json::object(), "Consent.provision"}});
}

TEST_CASE(
    "for a patient under 16 a guardian consents, or somebody says how competence was assessed") {
  Door door(any_engine());
  const auto born = [](int years, int days) {
    auto text = day_from_now(days);
    return std::to_string(std::stoi(text.substr(0, 4)) - years) + text.substr(4);
  };
  auto child = patient("kid"), teen = patient("teen");
  child["birthDate"] = born(16, 2);  // 16 the day after tomorrow
  teen["birthDate"] = born(16, -2);
  door.must(reception, child);
  door.must(reception, teen);
  auto own = consent("c1", "kid");
  own["category"][0]["coding"][0]["code"] = "treatment";
  const auto refused = door.put(physio, own);
  INFO(refused.body);
  CHECK(refused.status == 400);
  CHECK(refused.field() == "Consent.performer");
  own["performer"] = Json::array({to("Patient/kid")});
  CHECK(door.put(physio, own).status == 400);
  auto guardian = related_person("mum", "kid");
  door.must(reception, guardian);
  own["performer"] = Json::array({to("RelatedPerson/mum")});
  CHECK(door.put(physio, own).status == 201);

  // Not one whose time is over, or who is no longer a guardian.
  for (const auto& spoil : std::vector<std::function<void(Json&)>>{
           [](Json& json) {
             json["period"] = {{"end", minutes_from_now(-60)}};
           },
           [](Json& json) {
             json["period"] = {{"start", minutes_from_now(60)}};
           },
           [](Json& json) { json["active"] = false; },
           [](Json& json) { json["relationship"][0]["coding"][0]["code"] = "carer"; }}) {
    auto other = related_person("g", "kid");
    spoil(other);
    other["id"] = "g" + std::to_string(door.rows());
    door.must(reception, other);
    auto by_other = own;
    by_other["id"] = "c2";
    by_other["performer"] = Json::array({to("RelatedPerson/" + other["id"].get<std::string>())});
    CHECK(door.put(physio, by_other).field() == "Consent.performer");
  }
  own["id"] = "c3";
  own["performer"] = Json::array({to("Patient/kid")});
  const auto competent =
      send_because(door, physio, own, "", "Understands treatment, risks and choices.");
  INFO(competent.body);
  CHECK(competent.status == 201);
  CHECK(competent.json()["extension"][0]["valueString"] ==
        "Understands treatment, risks and choices.");
  const auto again =
      send_because(door, physio, own, "", "Understands treatment, risks and choices.");
  INFO(again.body);
  CHECK(again.status == 200);
  auto no = consent("c4", "kid");
  no["status"] = "rejected";
  CHECK(door.put(physio, no).status == 201);  // anybody may say no
  CHECK(door.put(physio, consent("c5", "teen")).status == 201);
}

TEST_CASE("what a patient said last decides, and a withdrawal closes the gate at once") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  ann.rechecked(0);
  REQUIRE(ann.gate() == "open");
  // Every kind of no, each undone by a later yes.
  const auto say = [&](const std::string& id, const std::string& status, int minutes) {
    auto json = consent(id, "ann");
    json["status"] = status;
    json["dateTime"] = minutes_from_now(minutes);
    door.must(physio, json);
  };
  say("no", "rejected", -4);
  CHECK(ann.gate().find("consent") != std::string::npos);
  say("yes", "active", -3);
  CHECK(ann.gate() == "open");
  say("older-no", "rejected", -60);
  CHECK(ann.gate() == "open");
  auto other = consent("other", "ann");
  other["category"][0]["coding"][0]["code"] = "sharing";
  other["status"] = "rejected";
  other["dateTime"] = minutes_from_now(-1);
  door.must(physio, other);
  CHECK(ann.gate() == "open");

  // An older consent withdrawn now is the last word, though a newer one is active.
  auto first = door.get(physio, "/fhir/Consent/ann-c").json();
  first["status"] = "inactive";
  REQUIRE(door.put(physio, first, "W/\"1\"").status == 200);
  CHECK(ann.gate().find("consent") != std::string::npos);
  const auto refused = door.put(reception, ann.ready.booked);
  CHECK(refused.status == 422);
  CHECK(refused.message() == "No current clearance.");
  CHECK(door.count("select count(*) from booking_hold") == 0);
}

TEST_CASE("a consent withdrawn on a merged record closes the gate of the other") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  ann.rechecked(0);
  door.must(reception, patient("old"));
  auto no = consent("old-c", "old");
  door.must(physio, no);
  no["status"] = "inactive";
  REQUIRE(door.put(physio, no, "W/\"1\"").status == 200);
  CHECK(ann.gate() == "open");
  REQUIRE(operate(door, physio, "$merge", "ann", "old").status == 200);
  CHECK(ann.gate().find("consent") != std::string::npos);
  REQUIRE(operate(door, physio, "$unmerge", "ann", "old").status == 200);
  CHECK(ann.gate() == "open");
  CHECK(door.put(reception, ann.ready.booked).status == 201);
}
