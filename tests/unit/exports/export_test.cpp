// SPDX-License-Identifier: MPL-2.0
#include "clinic.h"

using namespace facet;
using namespace facet::testing;

namespace {

Json without_meta(Json resource) {
  resource.erase("meta");
  return resource;
}

std::vector<Json> exported(Clinic& clinic, const std::string& type) {
  const auto answer = clinic.get("/admin/export/fhir/" + type + ".ndjson");
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  CHECK(answer.headers.at("content-type") == "application/fhir+ndjson");
  std::vector<Json> resources;
  for (const auto& line : answer.lines()) resources.push_back(base::parse_json(line).value());
  return resources;
}

void fill(Clinic& clinic) {
  for (const auto& resource : small_clinic())
    clinic.put(resource, writer_of(resource["resourceType"]));
}

/// A patient with many observations, past the door.
void add_many(Clinic& clinic, int many) {
  fill(clinic);
  const auto done = clinic.database->write([&](storage::Transaction& tx) -> base::Status {
    tx.execute(
        "insert into observation (id, version, recorded_ms, author_id, patient_id, encounter_id, "
        "status, code_system, code, side, value, effective_ms) "
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < :many) "
        "select printf('m%08d', i), 1, :now, 'u', 'p2', 'v1', 'final', 'urn:facet:symptom', "
        "'tennis_elbow', 'left', i % 11, 1 from n",
        many, now_ms);
    return {};
  });
  REQUIRE(ok(done));
}

}  // namespace

TEST_CASE("an exported clinic can be read into an empty one, the same in every resource") {
  Clinic clinic;
  fill(clinic);
  const auto names = clinic.get("/admin/export/fhir").json();
  CHECK(names.size() == 11);
  Clinic copy;
  std::size_t count = 0;
  for (const auto& name : names) {
    const auto type = name.get<std::string>();
    if (type == "AuditEvent") continue;  // the trail is not written from outside
    auto resources = exported(clinic, type);
    // A room is part of its site.
    std::stable_sort(resources.begin(), resources.end(),
                     [](const Json& a, const Json& b) { return !a.contains("partOf") && b.contains("partOf"); });
    for (const auto& resource : resources) {
      const auto kept = copy.put(resource, writer_of(type));
      CHECK(without_meta(kept) == without_meta(resource));
      ++count;
    }
    CHECK(exported(copy, type).size() == resources.size());
  }
  CHECK(count == small_clinic().size());
}

TEST_CASE("only the current version is exported") {
  Clinic clinic;
  fill(clinic);
  Answer answer;
  auto changed = patient("p2", "Yilmaz");
  clinic.router.dispatch({"PUT", "/fhir/Patient/p2", {}, {{"if-match", "W/\"1\""}}, changed.dump(),
                          person("reception"), true},
                         answer);
  REQUIRE(answer.status == 200);
  const auto patients = exported(clinic, "Patient");
  REQUIRE(patients.size() == 2);
  CHECK(patients[1]["name"][0]["family"] == "Yilmaz");
  CHECK(patients[1]["meta"]["versionId"] == "2");
}

TEST_CASE("CSV has a byte order mark, a header and one harmless row a record") {
  Clinic clinic;
  fill(clinic);
  const auto patients = clinic.get("/admin/export/csv/Patient.csv");
  CHECK(patients.status == 200);
  CHECK(patients.headers.at("content-type").starts_with("text/csv"));
  CHECK(patients.headers.at("content-disposition") == "attachment; filename=\"Patient.csv\"");
  const auto at = base::instant_text(now_ms);
  CHECK(patients.body ==
        "\xEF\xBB\xBFid,version,last_updated,family_name,given_names,name_text,birth_date,gender,"
        "phone,email,address,identifiers,organization_id,active,deceased\r\n"
        "p1,1," + at + ",\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",Ana Q,,1980-05-17,female,"
        "'+44 20 7946 0000,,\"1 Quay, \"\"The Loft\"\", Bristol\","
        "urn:clinic:number|number-p1,,true,\r\n"
        "p2,1," + at + ",Çelik,Ana Q,,1980-05-17,female,"
        "'+44 20 7946 0000,,\"1 Quay, \"\"The Loft\"\", Bristol\","
        "urn:clinic:number|number-p2,,true,\r\n");
  const auto observations = clinic.get("/admin/export/csv/Observation.csv").body;
  CHECK(observations.find("tennis_elbow") != std::string::npos);
  CHECK(observations.find(",right,7,,\"'-2+3\nsecond, \"\"line\"\"\"\r\n") != std::string::npos);
  CHECK(clinic.get("/admin/export/csv/Organization.csv").body.find("{\"\"resourceType\"\"") !=
        std::string::npos);
}

TEST_CASE("only an admin exports or reads the audit trail, and a refusal is audited") {
  Clinic clinic;
  fill(clinic);
  const auto* role = GENERATE("reception", "physiotherapist");
  for (const auto* path :
       {"/admin/export/fhir", "/admin/export/fhir/Patient.ndjson", "/admin/export/csv/Patient.csv",
        "/admin/export/fhir/AuditEvent.ndjson"}) {
    INFO(role << " " << path);
    const auto answer = clinic.get(path, role);
    CHECK(answer.status == 403);
    CHECK(answer.json()["resourceType"] == "OperationOutcome");
    CHECK(answer.body.find("p1") == std::string::npos);
  }
  CHECK(clinic.get("/fhir/AuditEvent", role, {{"patient", "p1"}}).status == 403);
  CHECK(count(*clinic.database, "select count(*) from audit_event where outcome = '4'") == 5);
}

TEST_CASE("an export is audited with its patients before its rows leave") {
  Clinic clinic;
  fill(clinic);
  const auto events =
      "select count(*) from audit_event e join audit_patient p on p.chain = e.chain and p.number = "
      "e.number where action = 'E' and resource_type = 'Patient' and e.patient_ids = 'p1,p2'";
  Answer gone(0);
  clinic.ask(gone, "GET", "/admin/export/fhir/Patient.ndjson", "admin");
  CHECK(gone.body.empty());
  CHECK(count(*clinic.database, events) == 2);
}

TEST_CASE("there is no export of what is not a type") {
  Clinic clinic;
  for (const auto* path : {"/admin/export/fhir/Patient", "/admin/export/fhir/Patient.csv",
                           "/admin/export/csv/Patient.ndjson", "/admin/export/fhir/Nothing.ndjson",
                           "/admin/export/fhir/.ndjson", "/admin/export/csv/patient.csv"}) {
    INFO(path);
    CHECK(clinic.get(path).status == 404);
  }
}

TEST_CASE("an empty type is an empty file, or a header") {
  Clinic clinic;
  const auto lines = clinic.get("/admin/export/fhir/Patient.ndjson");
  CHECK(lines.status == 200);
  CHECK(lines.body.empty());
  CHECK(clinic.get("/admin/export/csv/Consent.csv").body.ends_with(
      "patient_id,status,category,given\r\n"));
}

TEST_CASE("fifty thousand rows leave in even chunks, each once and in order") {
  Clinic clinic;
  add_many(clinic, 50'000);
  const auto* file = GENERATE("/admin/export/fhir/Observation.ndjson",
                              "/admin/export/csv/Observation.csv");
  const auto answer = clinic.get(file);
  INFO(file << " " << answer.body.size() << " bytes in " << answer.chunks.size() << " chunks");
  const auto largest = *std::max_element(answer.chunks.begin(), answer.chunks.end());
  CHECK(largest < 66 * 1024);
  CHECK(answer.chunks.size() >= answer.body.size() / (66 * 1024));
  std::string previous;
  std::size_t rows = 0;
  bool in_order = true;
  for (auto at = answer.body.find("m0"); at != std::string::npos; at = answer.body.find("m0", at + 9)) {
    const auto id = answer.body.substr(at, 9);
    in_order = in_order && previous < id;
    previous = id;
    ++rows;
  }
  CHECK(in_order);
  CHECK(rows == 50'000);
  // 101 pages of at most 500, and never more than a page is held.
  CHECK(count(*clinic.database, "select count(*) from audit_event where action = 'E'") == 101);
}

TEST_CASE("an export stops when its reader is gone") {
  Clinic clinic;
  add_many(clinic, 5'000);
  Answer answer(2);
  clinic.ask(answer, "GET", "/admin/export/fhir/Observation.ndjson", "admin");
  CHECK(answer.chunks.size() == 2);
  CHECK(count(*clinic.database, "select count(*) from audit_event where action = 'E'") <= 2);
}

TEST_CASE("an export that breaks off says so in the file and to the host") {
  Clinic clinic;
  add_many(clinic, 2'000);
  // A sealed note that does not open, on the third page.
  clinic.scratch.tamper("observation",
                        "update observation set note_sealed = 'AAAA' where id = 'm00001200'");
  Answer lines;
  CHECK_THROWS(clinic.ask(lines, "GET", "/admin/export/fhir/Observation.ndjson", "admin"));
  CHECK(lines.body.find("m00001200") == std::string::npos);
  CHECK(base::parse_json(lines.lines().back()).value()["resourceType"] == "OperationOutcome");
  CHECK(lines.lines().size() == 1001);
  Answer rows;
  CHECK_THROWS(clinic.ask(rows, "GET", "/admin/export/csv/Observation.csv", "admin"));
  CHECK(rows.lines().back().starts_with("\"INCOMPLETE"));
}
