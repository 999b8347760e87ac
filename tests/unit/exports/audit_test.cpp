// SPDX-License-Identifier: MPL-2.0
#include "clinic.h"

using namespace facet;
using namespace facet::testing;

namespace {

void fill(Clinic& clinic) {
  for (const auto& resource : small_clinic())
    clinic.put(resource, writer_of(resource["resourceType"]));
}

}  // namespace

TEST_CASE("an admin sees who touched a patient's data, newest first, and no other patient") {
  Clinic clinic;
  fill(clinic);
  clinic.clock.advance_ms(1000);
  CHECK(clinic.get("/fhir/Patient", "reception").status == 200);  // a list: names p1 and p2
  const auto answer = clinic.get("/fhir/AuditEvent", "admin", {{"patient", "Patient/p1"}});
  REQUIRE(answer.status == 200);
  const auto events = answer.json()["entry"];
  REQUIRE(events.size() == 6);
  const auto& newest = events[0]["resource"];
  CHECK(newest["resourceType"] == "AuditEvent");
  CHECK(newest["action"] == "R");
  CHECK(newest["subtype"][0]["code"] == "search-type");
  CHECK(newest["recorded"] == base::instant_text(now_ms + 1000));
  CHECK(newest["outcome"] == "0");
  CHECK(newest["agent"][0]["altId"] == "u-reception");
  CHECK(newest["agent"][0]["requestor"] == true);
  CHECK(newest["agent"][0]["role"][0]["coding"][0]["code"] == "reception");
  CHECK(newest["agent"][0]["network"]["address"] == "10.0.0.7");
  CHECK(newest["purposeOfEvent"][0]["text"] == "CAREMGT");
  CHECK(newest["entity"][1]["what"]["reference"] == "Patient/p1");
  CHECK(answer.body.find("p2") == std::string::npos);
  CHECK(count(*clinic.database,
              "select count(*) from audit_event where action = 'R' and resource_type = "
              "'AuditEvent' and patient_ids = 'p1'") == 1);
}

TEST_CASE("audit events are searched by patient only") {
  Clinic clinic;
  CHECK(clinic.get("/fhir/AuditEvent").status == 400);
  CHECK(clinic.get("/fhir/AuditEvent", "admin", {{"agent", "u"}}).status == 400);
}

TEST_CASE("the whole audit trail is exported in order, and ends") {
  Clinic clinic;
  fill(clinic);
  for (int i = 0; i < 1100; ++i) REQUIRE(clinic.get("/fhir/Organization/org").status == 200);
  const auto lines = clinic.get("/admin/export/fhir/AuditEvent.ndjson").lines();
  std::int64_t expected = 1;
  for (const auto& line : lines) {
    const auto event = base::parse_json(line).value();
    CHECK(event["extension"][1]["valueInteger"] == expected++);
  }
  // 1111 before it, and its own first two pages.
  CHECK(lines.size() == 1113);
  const auto csv = clinic.get("/admin/export/csv/AuditEvent.csv").body;
  CHECK(csv.find(",u-admin,admin,10.0.0.7,CAREMGT,R,Organization/org,,0,,main,") !=
        std::string::npos);
}
