// SPDX-License-Identifier: MPL-2.0
// What is on record about the use of the record.
#include <set>

#include "door/door.h"
#include "door/records.h"

using namespace facet;
using namespace facet::testing;

TEST_CASE("every read, write and refusal is in the audit trail, with its patient") {
  Door door(any_engine());
  const auto event = [&](const std::string& condition) {
    return door.count(
        "select count(*) from audit_event e join audit_patient p on p.chain = e.chain "
        "and p.number = e.number where p.patient_id = 'ann' and " +
        condition);
  };
  door.must(physio, patient("ann"));
  CHECK(event("principal = 'physio' and action = 'C' and resource_type = 'Patient' and "
              "resource_id = 'ann' and outcome = '0' and remote = '10.0.0.1'") == 1);
  door.get(reception, "/fhir/Patient/ann");
  CHECK(event("principal = 'desk' and action = 'R' and resource_id = 'ann' and outcome = '0'") ==
        1);
  door.get(reception, "/fhir/Patient?name=oko");
  CHECK(event("principal = 'desk' and action = 'R' and resource_id = '' and outcome = '0'") == 1);
  door.must(physio, symptom("o", "ann"));
  door.get(physio, "/fhir/Observation?patient=ann");
  CHECK(event("action = 'R' and resource_type = 'Observation' and outcome = '0'") == 1);

  door.get(reception, "/fhir/Observation/o");
  CHECK(event("principal = 'desk' and resource_type = 'Observation' and resource_id = 'o' and "
              "outcome = '4'") == 1);
  door.put(reception, symptom("o2", "ann"));
  CHECK(event("principal = 'desk' and action = 'C' and resource_id = 'o2' and outcome = '4'") == 1);
  door.put(physio, symptom("o3", "ann", 11));
  CHECK(event("principal = 'physio' and resource_id = 'o3' and outcome = '4' and "
              "reason = 'Observation.valueInteger'") == 1);
  door.put(physio, symptom("o", "ann", 3), "W/\"1\"");
  CHECK(event("action = 'U' and resource_id = 'o' and outcome = '0'") == 1);
  door.get(reception, "/fhir/Observation?patient=ann");
  CHECK(door.count("select count(*) from audit_event where principal = 'desk' and action = 'R' and "
                   "resource_type = 'Observation' and resource_id = '' and outcome = '4'") == 1);

  const auto trail = door.get(admin, "/fhir/AuditEvent?patient=Patient/ann&_count=200").json();
  CHECK(trail["entry"].size() >= 8);
  const auto proof = door.get(admin, "/admin/audit/verify").json();
  CHECK(proof["valid"] == true);
  CHECK(proof["events"] > 8);

  door.scratch.tamper("audit_event",
                      "update audit_event set principal = 'someone' where principal = "
                      "'desk' and outcome = '4'");
  CHECK(door.get(admin, "/admin/audit/verify").json()["valid"] == false);
}

TEST_CASE("a refusal that no act has seen is audited with what was asked for") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  const auto refusals = [&](const std::string& condition) {
    return door.count("select count(*) from audit_event where outcome = '4' and " + condition);
  };
  auto before = refusals("1 = 1");
  const auto one_more = [&](const Answer& answer, const std::string& condition) {
    INFO(condition << ": " << answer.body);
    CHECK(answer.status >= 400);
    CHECK(refusals(condition) >= 1);
    CHECK(refusals("1 = 1") == ++before);
  };
  one_more(door.send(physio, "PUT", "/fhir/Patient/ann", "{"),
           "action = 'U' and resource_type = 'Patient' and resource_id = 'ann' and patient_ids = "
           "'ann' and principal = 'physio' and remote = '10.0.0.1'");
  one_more(door.send(physio, "PUT", "/fhir/Observation/o", "[]"),
           "action = 'U' and resource_type = 'Observation' and resource_id = 'o'");
  one_more(door.get(reception, "/fhir/Observation?patient=ann&colour=red"),
           "principal = 'desk' and resource_type = 'Observation' and patient_ids = 'ann'");
  one_more(door.get(reception, "/fhir/Encounter?patient=nobody&colour=red"),
           "resource_type = 'Encounter' and patient_ids = ''");
  one_more(door.send(admin, "DELETE", "/fhir/Patient/ann"),
           "action = 'D' and resource_id = 'ann' and reason = 'status 405'");
  one_more(door.get(admin, "/admin/nothing"), "principal = 'boss' and reason = 'status 404'");
  one_more(door.send(physio, "POST", "/fhir", "{}"), "principal = 'physio' and action = 'C'");

  CHECK(door.get(nobody, "/fhir/Patient/ann").status == 401);
  CHECK(door.get(admin, "/assets/none.js").status == 404);
  CHECK(refusals("1 = 1") == before);
  CHECK(door.count("select count(*) from audit_patient where patient_id = 'ann'") >= 4);
}

TEST_CASE("the trail and its signed heads can be taken away, by an admin only") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  for (const auto& who : {physio, reception})
    for (const auto* url : {"/admin/audit/trail", "/admin/audit/heads", "/admin/audit/verify"})
      CHECK(door.get(who, url).status == 403);
  const auto heads = door.get(admin, "/admin/audit/heads");
  REQUIRE(heads.status == 200);
  const auto trail = door.get(admin, "/admin/audit/trail");
  REQUIRE(trail.status == 200);
  CHECK(trail.headers.at("content-type") == "application/x-ndjson");
  CHECK(trail.body.find("\"resource_id\":\"ann\"") != std::string::npos);
  CHECK(trail.body.find(heads.body.substr(0, heads.body.find('\n'))) != std::string::npos);
  const auto proof = door.send(admin, "POST", "/admin/audit/verify", heads.body).json();
  INFO(proof.dump());
  CHECK(proof["valid"] == true);
  CHECK(proof["heads"] > 2);
  CHECK(proof.contains("heads_to"));

  const auto book = door.scratch.folder() / "audit" / "heads.ndjson";
  REQUIRE(std::filesystem::remove(book));
  const auto missed = door.get(admin, "/admin/audit/verify").json();
  CHECK(missed["valid"] == false);
  CHECK(missed["problems"][0]["kind"] == "heads");
  CHECK(missed["problem"].get<std::string>().find("are missing") != std::string::npos);
  CHECK(door.send(admin, "POST", "/admin/audit/verify", heads.body).json()["problems"][0]["kind"] ==
        "heads");  // an older copy ends before what the trail notes
}

TEST_CASE("the trail keeps no part of what was sent") {
  Door door(Dialect::sqlite);
  door.must(physio, patient("ann"));
  auto bad = symptom("o", "ann");
  bad["note"] = Json::array({{{"text", "Secretum"}}});
  bad["code"]["coding"][0]["code"] = "Secretum";
  door.put(physio, bad);
  door.get(reception, "/fhir/Patient?name=Secretum");
  door.get(reception, "/fhir/Patient?Secretum=1");
  door.get(reception, "/fhir/Observation?patient=Secretum&Secretum=Secretum");
  door.get(reception, "/fhir/Secretum?Secretum=Secretum");
  door.send(reception, "PUT", "/fhir/Observation/o", "Secretum");
  CHECK(door.count("select count(*) from audit_event where reason like '%Secretum%' or resource_id "
                   "like '%Secretum%' or patient_ids like '%Secretum%'") == 0);
}

TEST_CASE("the metadata lists what is served, and nothing is served beside it") {
  Door door(Dialect::sqlite);
  const auto rest = door.get(nobody, "/fhir/metadata").json()["rest"][0];
  CHECK(rest["interaction"][0]["code"] == "transaction");
  std::set<std::string> types;
  for (const auto& resource : rest["resource"]) {
    const std::string type = resource["type"];
    CHECK(types.insert(type).second);
    std::set<std::string> offered;
    for (const auto& one : resource["interaction"]) offered.insert(one["code"]);
    const auto served = [&](const char* method, const std::string& url) {
      const auto answer = door.send(admin, method, url, "{}");
      const bool no_route =
          answer.status == 405 ||
          (answer.status == 404 && answer.message() == "There is nothing at this address.");
      return !no_route;
    };
    INFO(type);
    const std::string id = type == "CodeSystem" || type == "ValueSet" ? "symptom"
                           : type == "Questionnaire"                  ? "screening"
                                                                      : "x";
    const auto path = "/fhir/" + type;
    CHECK(served("GET", path + "/" + id) == offered.contains("read"));
    CHECK(served("GET", path + "/" + id + "/_history/1") == offered.contains("vread"));
    CHECK(served("GET", path) == offered.contains("search-type"));
    CHECK(served("POST", path) == offered.contains("create"));
    CHECK(served("PUT", path + "/" + id) == offered.contains("update"));
    CHECK_FALSE(served("DELETE", path + "/" + id));
    if (resource.contains("operation"))
      for (const auto& operation : resource["operation"]) {
        const auto name = "/$" + operation["name"].get<std::string>();
        CHECK((served("POST", path + "/" + id + name) || served("GET", path + "/" + id + name) ||
               served("GET", path + name)));
      }
    if (!resource.contains("searchParam")) continue;
    for (const auto& parameter : resource["searchParam"])
      CHECK(door.get(admin, path + "?" + parameter["name"].get<std::string>() + "=x")
                .body.find("cannot be searched") == std::string::npos);
  }
  CHECK(types == std::set<std::string>{"Appointment",
                                       "AuditEvent",
                                       "Binary",
                                       "ClinicalImpression",
                                       "CodeSystem",
                                       "Condition",
                                       "Consent",
                                       "DetectedIssue",
                                       "Device",
                                       "DocumentReference",
                                       "Encounter",
                                       "EpisodeOfCare",
                                       "Flag",
                                       "Location",
                                       "Observation",
                                       "Organization",
                                       "Patient",
                                       "Practitioner",
                                       "PractitionerRole",
                                       "Procedure",
                                       "Provenance",
                                       "RelatedPerson",
                                       "Questionnaire",
                                       "QuestionnaireResponse",
                                       "Schedule",
                                       "ServiceRequest",
                                       "Slot",
                                       "ValueSet"});
}

TEST_CASE("data that cannot be opened is refused in one clear sentence, and left alone") {
  Door door(any_engine());
  door.close();
  auto settings = door.settings;
  settings.create = false;
  const auto refused = [&settings] {
    const auto app = entry::ClinicApp::open(settings);
    REQUIRE_FALSE(app.has_value());
    INFO(app.error().message);
    CHECK(app.error().message.find('\n') == std::string::npos);
    CHECK(app.error().message.size() < 400);
    return app.error();
  };
  SECTION("it opens as it is") {
    CHECK(entry::ClinicApp::open(settings).has_value());
  }
  SECTION("keys are missing, also where keys may be made") {
    std::filesystem::remove_all(settings.data / "keys");
    CHECK(refused().message.find("is missing") != std::string::npos);
    if (settings.database.dialect == Dialect::sqlite) {
      settings.create = true;
      CHECK(refused().message.find("is missing") != std::string::npos);
      CHECK_FALSE(std::filesystem::exists(settings.data / "keys" / "clinic.key"));
    }
  }
  SECTION("a key is open to others") {
    std::filesystem::permissions(settings.data / "keys" / "clinic.key",
                                 std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
    CHECK(refused().message.find("chmod 600") != std::string::npos);
  }
  SECTION("the data is of a newer version") {
    const auto known = door.count("select count(*) from schema_migration");
    door.scratch.raw("insert into schema_migration values (" + std::to_string(known + 1) +
                     ", '9999_future', 'x', 1)");
    const auto error = refused();
    CHECK(error.code == base::ErrorCode::conflict);
    CHECK(error.message.find("newer version of Facet") != std::string::npos);
  }
  SECTION("there is no database") {
    if (settings.database.dialect == Dialect::postgresql) return;
    std::filesystem::remove(settings.database.location);
    CHECK(refused().message.find("There is no database") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(settings.database.location));
  }
}
