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

TEST_CASE("the trail keeps no part of what was sent") {
  Door door(Dialect::sqlite);
  door.must(physio, patient("ann"));
  auto bad = symptom("o", "ann");
  bad["note"] = Json::array({{{"text", "Secretum"}}});
  bad["code"]["coding"][0]["code"] = "Secretum";
  door.put(physio, bad);
  door.get(reception, "/fhir/Patient?name=Secretum");
  door.get(reception, "/fhir/Patient?Secretum=1");
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
    std::string id = type == "CodeSystem" ? "symptom" : type == "Questionnaire" ? "screening" : "x";
    const auto path = "/fhir/" + type;
    CHECK(served("GET", path + "/" + id) == offered.contains("read"));
    CHECK(served("GET", path + "/" + id + "/_history/1") == offered.contains("vread"));
    CHECK(served("GET", path) == offered.contains("search-type"));
    CHECK(served("POST", path) == offered.contains("create"));
    CHECK(served("PUT", path + "/" + id) == offered.contains("update"));
    CHECK_FALSE(served("DELETE", path + "/" + id));
    if (resource.contains("operation"))
      for (const auto& operation : resource["operation"])
        CHECK(served("POST", path + "/x/$" + operation["name"].get<std::string>()));
    if (!resource.contains("searchParam")) continue;
    for (const auto& parameter : resource["searchParam"])
      CHECK(door.get(admin, path + "?" + parameter["name"].get<std::string>() + "=x")
                .body.find("cannot be searched") == std::string::npos);
  }
  CHECK(types == std::set<std::string>{"Appointment",   "AuditEvent",
                                       "Binary",        "ClinicalImpression",
                                       "CodeSystem",    "Consent",
                                       "Device",        "DocumentReference",
                                       "Encounter",     "EpisodeOfCare",
                                       "Location",      "Observation",
                                       "Organization",  "Patient",
                                       "Practitioner",  "Procedure",
                                       "Questionnaire", "QuestionnaireResponse",
                                       "Schedule",      "ServiceRequest",
                                       "Slot"});
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
