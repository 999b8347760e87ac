// SPDX-License-Identifier: MPL-2.0
#include <cstring>

#include <set>

#include "door/door.h"
#include "door/visits.h"
#include "entry/http_edge.h"

using namespace facet;
using namespace facet::testing;

namespace {

/// Letters: p physiotherapist, r reception, a admin. "-": nobody, there is no such operation.
struct Cell {
  const char* type;
  std::string readers, writers;
};

const std::vector<Cell> table{
    {"Organization", "pra", "a"},
    {"Location", "pra", "a"},
    {"Device", "pra", "a"},
    {"Practitioner", "pra", "a"},
    {"Schedule", "pra", "a"},
    {"Patient", "pra", "pra"},
    {"Consent", "p", "p"},
    {"EpisodeOfCare", "p", "p"},
    {"Encounter", "p", "p"},
    {"Observation", "p", "p"},
    {"Condition", "p", "p"},
    {"Provenance", "p", "-"},
    {"QuestionnaireResponse", "p", "p"},
    {"ClinicalImpression", "p", "p"},
    {"ServiceRequest", "pra", "p"},
    {"Appointment", "pra", "pr"},
    {"DocumentReference", "p", "-"},
    {"Procedure", "p", "-"},
};

struct Role {
  char letter;
  const char* name;
  Who who;
};
const std::vector<Role> roles{{'p', "physiotherapist", physio},
                              {'r', "reception", reception},
                              {'a', "admin", admin},
                              {'0', "no role", base::Principal{"nobody", {}, "", ""}},
                              {'0', "an unknown role", base::Principal{"x", {"owner"}, "", ""}},
                              {'0', "device", base::Principal{"x", {"device"}, "", ""}},
                              {'0', "system", base::Principal{"x", {"system"}, "", ""}}};

/// What is written by then covers the bookings, each at an hour of its own.
Json sample(Door& door, const std::string& type, int n) {
  const auto id = "t" + std::to_string(n);
  if (type == "Organization" || type == "Practitioner" || type == "Device" || type == "Schedule") {
    Json json = type == "Organization"   ? organization()
                : type == "Practitioner" ? practitioner("x", day_from_now(9))
                : type == "Device"       ? bed()
                                         : schedule();
    json["id"] = id;
    return json;
  }
  if (type == "Location") {
    Json json = room();
    json["id"] = id;
    return json;
  }
  if (type == "Patient") return patient(id);
  if (type == "Consent") return consent(id, "ann");
  if (type == "EpisodeOfCare") return episode(id, "ann");
  if (type == "Encounter") return encounter(id, "ann");
  if (type == "Observation") return symptom(id, "ann");
  if (type == "Condition") return condition(id, "ann");
  if (type == "QuestionnaireResponse")
    return screening(id, "ann", door.get(physio, "/fhir/Questionnaire/screening").json());
  if (type == "ClinicalImpression") return clearance(id, "ann");
  if (type == "ServiceRequest") return order(id, "ann");
  return appointment(id, "ann", "order1", 60 * n);
}

}  // namespace

TEST_CASE("each role reads and writes what the table says, and nothing else") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, order("order1", "ann"));
  int n = 0;
  for (const auto& cell : table)
    for (const auto& role : roles) {
      INFO(role.name << " " << cell.type);
      const std::string type = cell.type;
      const bool reads = cell.readers.find(role.letter) != std::string::npos;
      const bool writes = cell.writers.find(role.letter) != std::string::npos;
      static const std::set<std::string> of_nobody{"Organization", "Location", "Device",
                                                   "Practitioner", "Patient",  "Schedule"};
      const auto list = "/fhir/" + type + (of_nobody.count(type) ? "?_count=1" : "?patient=ann");
      CHECK(door.get(role.who, list).status == (reads ? 200 : 403));
      CHECK(door.get(role.who, "/fhir/" + type + "/unknown").status == (reads ? 404 : 403));
      CHECK(door.get(role.who, "/fhir/" + type + "/unknown/_history/1").status ==
            (reads ? 404 : 403));
      if (cell.writers == "-") {
        const auto answer = door.send(role.who, "PUT", "/fhir/" + type + "/x", "{}");
        CHECK(answer.status == 405);
        continue;
      }
      const auto answer = door.put(role.who, sample(door, type, ++n));
      INFO(answer.body);
      CHECK(answer.status == (writes ? 201 : 403));
    }
}

TEST_CASE("what is not a resource has its roles too") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  struct Operation {
    const char *method, *url, *allowed;
    int status;
  };
  const std::vector<Operation> operations{
      {"GET", "/fhir/Slot?schedule=Schedule/diary&_count=1", "pra", 200},
      {"GET", "/fhir/AuditEvent?patient=ann", "a", 200},
      {"POST", "/fhir/Patient/ann/$handout", "p", 201},
      {"GET", "/fhir/Binary/unknown", "p", 404},
      {"GET", "/fhir/Encounter/$drafts", "p", 200},
      {"GET", "/fhir/Encounter/none/$draft", "p", 404},
      {"DELETE", "/fhir/Encounter/none/$draft", "p", 404},
      {"POST", "/fhir/Encounter/none/$sign", "p", 404},
      {"GET", "/admin/export/fhir", "a", 200},
      {"GET", "/admin/export/fhir/Patient.ndjson", "a", 200},
      {"GET", "/admin/export/csv/Patient.csv", "a", 200},
      {"GET", "/admin/audit/verify", "a", 200},
  };
  for (const auto& operation : operations)
    for (const auto& role : roles) {
      INFO(role.name << " " << operation.method << " " << operation.url);
      const bool allowed = std::strchr(operation.allowed, role.letter) != nullptr;
      CHECK(door.send(role.who, operation.method, operation.url).status ==
            (allowed ? operation.status : 403));
    }
  for (const auto& role : roles) {
    INFO(role.name);
    if (role.letter == '0') CHECK(door.get(role.who, "/live/beds/bed").status == 403);
    CHECK(door.get(role.who, "/fhir/CodeSystem/symptom").status == 200);
    const auto pair = door.send(role.who, "POST", "/fhir/Device/bed/$pair",
                                R"({"resourceType":"Parameters","parameter":[)"
                                R"({"name":"code","valueString":"ABCDE12345"}]})");
    CHECK((pair.status == 403) == (role.letter == 'r' || role.letter == '0'));
  }
}

TEST_CASE("reception sees that there is an order and its length, nothing clinical of it") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, encounter("visit", "ann"));
  auto asked = order("order1", "ann");
  asked["encounter"] = to("Encounter/visit");
  door.must(physio, asked);
  for (const auto& url : {"/fhir/ServiceRequest/order1", "/fhir/ServiceRequest?patient=ann",
                          "/fhir/ServiceRequest/order1/_history/1"}) {
    const auto answer = door.get(reception, url);
    CHECK(answer.status == 200);
    CHECK(answer.body.find("urn:facet:minutes") != std::string::npos);
    CHECK(answer.body.find("urn:facet:zone") == std::string::npos);
    CHECK(answer.body.find("urn:facet:strength") == std::string::npos);
    CHECK(answer.body.find("visit") == std::string::npos);
    CHECK(door.get(physio, url).body.find("left_lower") != std::string::npos);
  }
}

TEST_CASE("nobody gets in without a log-in, and nobody learns which addresses there are") {
  Door door(Dialect::sqlite);
  for (const auto& url :
       {"/fhir/Patient", "/fhir/Patient/ann", "/fhir/Slot", "/fhir/CodeSystem/symptom",
        "/admin/export/fhir", "/live/beds/bed", "/nothing/here"})
    CHECK(door.get(nobody, url).status == 401);
  CHECK(door.send(nobody, "POST", "/fhir", "{}").status == 401);
  CHECK(door.send(nobody, "DELETE", "/fhir/Patient/ann").status == 401);
  CHECK(door.get(nobody, "/fhir/metadata").status == 200);
  CHECK(door.get(nobody, "/").status == 200);
}

TEST_CASE("a host cannot pass somebody off as a bed or a timer") {
  const char* const claimed[] = {"device", "reception", "system", nullptr};
  facet_principal who{};
  who.struct_size = sizeof who;
  who.user_id = "mallory";
  who.roles = claimed;
  facet_request request{};
  request.struct_size = sizeof request;
  request.method = "GET";
  request.path = "/";
  request.principal = &who;
  const auto read = entry::read_request(request);
  CHECK(read.authenticated);
  CHECK(read.principal.roles == std::vector<std::string>{"reception"});

  who.user_id = "";
  CHECK_FALSE(entry::read_request(request).authenticated);
  request.principal = nullptr;
  CHECK_FALSE(entry::read_request(request).authenticated);
}
