// SPDX-License-Identifier: MPL-2.0
// What a signature means: amendments, addenda, taking back, and who says why.
#include <chrono>
#include <thread>

#include "door/door.h"
#include "door/visits.h"

using namespace facet;
using namespace facet::testing;

namespace {

const std::string because = "Wrong side was chosen";

/// A patient `ann` with a signed visit `v` that holds one symptom `o`.
void sign_visit(Door& door) {
  door.must(physio, patient("ann"));
  door.must(physio, encounter("v", "ann"));
  door.must(physio, in_visit(symptom("o", "ann"), "v"));
  const auto answer = door.put(physio, finished(encounter("v", "ann")), "W/\"1\"");
  INFO(answer.body);
  REQUIRE(answer.status == 200);
}

Json amended(int severity) {
  auto json = in_visit(symptom("o", "ann", severity), "v");
  json["status"] = "corrected";
  return json;
}

std::int64_t provenances(Door& door, const std::string& target, int version,
                         const std::string& activity) {
  return door.count("select count(*) from provenance where target_id = '" + target +
                    "' and target_version = " + std::to_string(version) + " and activity = '" +
                    activity + "' and author_id = 'physio' and patient_id = 'ann'");
}

}  // namespace

TEST_CASE("a visit is signed by finishing it, with the practitioner who saw the patient") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, encounter("v", "ann"));
  auto unseen = finished(encounter("v", "ann"));
  unseen.erase("participant");
  auto answer = door.put(physio, unseen, "W/\"1\"");
  CHECK(answer.status == 400);
  CHECK(answer.field() == "Encounter.participant");
  unseen["participant"] = encounter("v", "ann")["participant"];
  unseen["participant"][0]["individual"] = to("Practitioner/nobody");
  CHECK(door.put(physio, unseen, "W/\"1\"").field() == "Encounter.participant");
  CHECK(door.put(reception, finished(encounter("v", "ann")), "W/\"1\"").status == 403);
  CHECK(door.put(admin, finished(encounter("v", "ann")), "W/\"1\"").status == 403);
  CHECK(door.count("select count(*) from provenance") == 0);

  const auto signature = finished(encounter("v", "ann"));
  CHECK(door.put(physio, signature, "W/\"1\"").status == 200);
  CHECK(provenances(door, "v", 2, "sign") == 1);
  const auto again = door.put(physio, signature, "W/\"1\"");
  CHECK(again.status == 200);  // a retry
  CHECK(door.count("select count(*) from provenance") == 1);
  CHECK(door.count("select max(version) from encounter") == 2);
}

TEST_CASE("a signature is not taken off again") {
  Door door(any_engine());
  sign_visit(door);
  for (const char* status :
       {"planned", "arrived", "triaged", "in-progress", "onleave", "cancelled", "unknown"}) {
    auto open = encounter("v", "ann");
    open["status"] = status;
    const auto answer = send_because(door, physio, open, "W/\"2\"", because);
    INFO(status << answer.body);
    CHECK(answer.status == 400);
    CHECK(answer.field() == "Encounter.status");
  }
  CHECK(door.count("select max(version) from encounter") == 2);
}

TEST_CASE("an amendment needs a reason, and leaves the old version as it was") {
  Door door(any_engine());
  sign_visit(door);
  auto answer = door.put(physio, amended(3), "W/\"1\"");
  CHECK(answer.status == 400);
  CHECK(answer.field() == "X-Provenance");
  auto still_final = amended(3);
  still_final["status"] = "final";
  answer = send_because(door, physio, still_final, "W/\"1\"", because);
  CHECK(answer.status == 400);
  CHECK(answer.field() == "Observation.status");
  CHECK(door.count("select count(*) from observation") == 1);

  const auto amendment = amended(3);
  answer = send_because(door, physio, amendment, "W/\"1\"", because);
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  CHECK(answer.json()["status"] == "corrected");
  CHECK(provenances(door, "o", 2, "amend") == 1);
  CHECK(door.get(physio, "/fhir/Observation/o").json()["valueInteger"] == 3);
  const auto old = door.get(physio, "/fhir/Observation/o/_history/1").json();
  CHECK(old["valueInteger"] == 7);
  CHECK(old["status"] == "final");
  CHECK(door.get(physio, "/fhir/Observation/o/_history").json()["total"] == 2);
  // Retries change nothing, with or without a reason.
  CHECK(door.put(physio, amendment, "W/\"1\"").status == 200);
  CHECK(door.put(physio, amendment).status == 200);
  CHECK(door.count("select count(*) from provenance where target_id = 'o'") == 1);

  auto moved = finished(encounter("v", "ann"));
  moved["period"]["start"] = minutes_from_now(-30);
  CHECK(door.put(physio, moved, "W/\"2\"").field() == "X-Provenance");
  CHECK(send_because(door, physio, moved, "W/\"2\"", because).status == 200);
  CHECK(provenances(door, "v", 3, "amend") == 1);
}

TEST_CASE("what is added to a signed visit is an addendum, with its reason") {
  Door door(any_engine());
  sign_visit(door);
  const auto late = in_visit(stress("late", "ann"), "v");
  CHECK(door.put(physio, late).field() == "X-Provenance");
  CHECK(door.count("select count(*) from observation") == 1);
  CHECK(send_because(door, physio, late, "", because).status == 201);
  CHECK(provenances(door, "late", 1, "addendum") == 1);

  Json entries = Json::array({put_entry(in_visit(motion("m", "ann", "L4-L5", "left"), "v"))});
  CHECK(door.post(physio, "/fhir", bundle_of(entries)).field() == "Bundle.entry[0]: X-Provenance");
  entries.push_back({{"resource", reason_resource(because)},
                     {"request", {{"method", "POST"}, {"url", "Provenance"}}}});
  CHECK(door.post(physio, "/fhir", bundle_of(entries)).status == 200);
  CHECK(provenances(door, "m", 1, "addendum") == 1);
  // A record without a visit cannot be slipped into one either, nor out of it.
  door.must(physio, stress("loose", "ann"));
  auto slipped = in_visit(stress("loose", "ann"), "v");
  slipped["status"] = "amended";
  CHECK(door.put(physio, slipped, "W/\"1\"").field() == "X-Provenance");
  auto out = amended(3);
  out.erase("encounter");
  CHECK(send_because(door, physio, out, "W/\"1\"", because).field() == "Observation.encounter");
}

TEST_CASE("what is recorded with the signature goes with it") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  const Json entries = Json::array(
      {put_entry(finished(encounter("v", "ann"))), put_entry(in_visit(symptom("o", "ann"), "v"))});
  const auto bundle = bundle_of(entries);
  const auto answer = door.post(physio, "/fhir", bundle);
  INFO(answer.body);
  CHECK(answer.status == 200);
  CHECK(provenances(door, "v", 1, "sign") == 1);
  CHECK(door.count("select count(*) from provenance") == 1);
  const auto rows = door.rows();
  CHECK(door.post(physio, "/fhir", bundle).status == 200);
  CHECK(door.rows() == rows);
}

TEST_CASE(
    "a visit that is taken back needs a reason, takes its records with it, and takes no more") {
  Door door(any_engine());
  sign_visit(door);
  const auto questions = door.get(physio, "/fhir/Questionnaire/screening").json();
  for (const auto& one : {screening("q", "ann", questions), clearance("k", "ann"),
                          order("r", "ann"), condition("c", "ann")}) {
    const auto answer = send_because(door, physio, in_visit(one, "v"), "", because);
    INFO(answer.body);
    REQUIRE(answer.status == 201);
  }
  door.must(physio, stress("elsewhere", "ann"));

  auto gone = encounter("v", "ann");
  gone["status"] = "entered-in-error";
  CHECK(door.put(physio, gone, "W/\"2\"").field() == "X-Provenance");
  CHECK(door.count("select count(*) from provenance where activity = 'enter-in-error'") == 0);
  const auto answer = send_because(door, physio, gone, "W/\"2\"", "Wrong patient");
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  CHECK(provenances(door, "v", 3, "enter-in-error") == 1);
  for (const auto& [type, id] :
       std::vector<std::pair<std::string, std::string>>{{"Observation", "o"},
                                                        {"QuestionnaireResponse", "q"},
                                                        {"ClinicalImpression", "k"},
                                                        {"ServiceRequest", "r"}}) {
    CHECK(door.get(physio, "/fhir/" + type + "/" + id).json()["status"] == "entered-in-error");
    CHECK(door.get(physio, "/fhir/" + type + "/" + id + "/_history/1").json()["status"] !=
          "entered-in-error");
    CHECK(provenances(door, id, 2, "enter-in-error") == 1);
  }
  const auto withdrawn = door.get(physio, "/fhir/Condition/c").json();
  CHECK(withdrawn["verificationStatus"]["coding"][0]["code"] == "entered-in-error");
  CHECK_FALSE(withdrawn.contains("clinicalStatus"));
  CHECK(door.get(physio, "/fhir/Observation/elsewhere").json()["status"] == "final");
  CHECK(door.count("select count(*) from provenance where activity = 'enter-in-error'") == 6);
  CHECK(door.count("select count(*) from audit_event where action = 'U' and resource_id in "
                   "('v', 'o', 'q', 'k', 'r', 'c') and outcome = '0'") >= 6);

  CHECK(send_because(door, physio, in_visit(stress("s", "ann"), "v"), "", because).field() ==
        "Observation.encounter");
  CHECK(send_because(door, physio, amended(3), "W/\"2\"", because).field() ==
        "Observation.encounter");
  CHECK(send_because(door, physio, finished(encounter("v", "ann")), "W/\"3\"", because).field() ==
        "Encounter.status");
  auto other = gone;
  other["period"]["start"] = minutes_from_now(-30);
  CHECK(send_because(door, physio, other, "W/\"3\"", because).field() == "Encounter.status");
}

TEST_CASE("a record does not slip into a visit that another session is signing") {
  Door door(Dialect::postgresql);
  door.must(physio, patient("ann"));
  door.must(physio, encounter("v", "ann"));
  const auto late = in_visit(stress("late", "ann"), "v");

  PGconn* signer = PQconnectdb(door.scratch.settings.location.c_str());
  const auto run_sql = [&](const char* sql) {
    PGresult* result = PQexec(signer, sql);
    const auto status = PQresultStatus(result);
    PQclear(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
  };
  REQUIRE(run_sql("begin"));
  REQUIRE(run_sql("select 1 from encounter where id = 'v' and version = 1 for update"));
  REQUIRE(run_sql(
      "insert into encounter (id, version, recorded_ms, author_id, patient_id, status, start_ms) "
      "values ('v', 2, 1, 'physio', 'ann', 'finished', 1)"));
  Answer answer;
  std::thread writer([&] { answer = door.put(physio, late); });
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  bool waited = false;
  while (!waited && std::chrono::steady_clock::now() < deadline)
    waited = door.count(
                 "select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid where "
                 "not granted and application_name = current_setting('application_name')") > 0;
  const bool committed = run_sql("commit");
  writer.join();
  PQfinish(signer);
  CHECK(committed);
  CHECK(waited);
  CHECK(answer.status == 400);
  CHECK(answer.field() == "X-Provenance");
  CHECK(door.count("select count(*) from observation") == 0);
}

TEST_CASE("provenance is read and searched, and written by nobody but Facet") {
  Door door(any_engine());
  sign_visit(door);
  REQUIRE(send_because(door, physio, amended(3), "W/\"1\"", because).status == 200);
  const auto all = door.get(physio, "/fhir/Provenance?patient=ann").json();
  CHECK(all["entry"].size() == 2);
  const auto of_record = door.get(physio, "/fhir/Provenance?target=Observation/o").json();
  REQUIRE(of_record["entry"].size() == 1);
  const auto one = of_record["entry"][0]["resource"];
  CHECK(one["target"][0]["reference"] == "Observation/o/_history/2");
  CHECK(one["reason"][0]["text"] == because);
  CHECK(one["activity"]["coding"][0] == Json{{"system", "urn:facet:activity"}, {"code", "amend"}});
  CHECK(one["agent"][0]["who"]["identifier"]["value"] == "physio");
  CHECK(one["recorded"] == door.get(physio, "/fhir/Observation/o").json()["meta"]["lastUpdated"]);
  CHECK_FALSE(door.get(physio, "/fhir/Provenance?target=Encounter/o").json().contains("entry"));
  CHECK_FALSE(
      door.get(physio, "/fhir/Provenance?patient=ann&recorded=lt2020").json().contains("entry"));
  CHECK(door.get(physio, "/fhir/Provenance?target-type=Encounter").status == 400);
  CHECK(door.get(physio, "/fhir/Provenance").status == 400);
  const auto path = "/fhir/Provenance/" + one["id"].get<std::string>();
  CHECK(door.get(physio, path).json() == one);
  CHECK(door.get(physio, path + "/_history/1").json() == one);
  CHECK(door.get(physio, path + "/_history").json()["total"] == 1);
  CHECK(door.get(reception, path).status == 403);
  CHECK(door.get(reception, "/fhir/Provenance?patient=ann").status == 403);

  for (const auto* method : {"POST", "PUT"}) {
    const auto answer = door.send(
        physio, method, method == std::string("PUT") ? path : "/fhir/Provenance", one.dump());
    CHECK(answer.status == 405);
    CHECK(answer.message().find("X-Provenance") != std::string::npos);
  }
  CHECK(door.count("select count(*) from provenance where reason_sealed like '%side%'") == 0);
  CHECK(door.count("select count(*) from audit_event where resource_type = 'Provenance' and "
                   "action = 'C' and outcome = '0'") == 2);
}
