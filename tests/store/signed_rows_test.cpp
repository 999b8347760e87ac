// SPDX-License-Identifier: MPL-2.0
// What is signed cannot be changed past Facet either: the database refuses.
#include "store/engines.h"

using namespace facet;
using namespace facet::testing;
using base::ErrorCode;

namespace {

struct Table {
  const char* name;
  const char* columns;  // after id, version, recorded_ms, author_id
  const char* values;
};

/// One row of every kind of record that a visit or a patient's consent can consist of.
const std::vector<Table> tables{
    {"patient", "organization_id, active, name_sealed", "'org', 1, 'x'"},
    {"practitioner", "organization_id, active, name", "'org', 1, 'Pat'"},
    {"consent", "patient_id, status, category, given_ms", "'p', 'active', 'bed', 1"},
    {"episode_of_care", "patient_id, organization_id, status, start_ms", "'p', 'org', 'active', 1"},
    {"encounter", "patient_id, status, start_ms", "'p', 'finished', 1"},
    {"observation", "patient_id, status, code_system, code, value, effective_ms",
     "'p', 'final', 'urn:facet:symptom', 'tennis_elbow', 7, 1"},
    {"condition", "patient_id, clinical_status, verification_status, code",
     "'p', 'active', 'confirmed', 'tennis_elbow'"},
    {"provenance", "patient_id, target_type, target_id, target_version, activity",
     "'p', 'Encounter', 'v', 1, 'sign'"},
    {"questionnaire_response",
     "patient_id, questionnaire, questionnaire_version, status, authored_ms, answers_sealed",
     "'p', 'q', '1', 'completed', 1, 'x'"},
    {"clinical_impression",
     "patient_id, status, assessor_id, assessor_role, regulator, registration_number, "
     "registration_expires, start_ms, end_ms, zones, max_strength, max_minutes",
     "'p', 'completed', 'a', 'physiotherapist', 'HCPC', '1', '2030-01-01', 1, 2, 'left_lower', 3, "
     "20"},
    {"service_request",
     "patient_id, requester_id, status, zones, strength, speed, minutes, authored_ms",
     "'p', 'a', 'active', 'left_lower', 3, 2, 20, 1"}};

}  // namespace

TEST_CASE(
    "a signed record is changed by no statement: not UPDATE, DELETE, REPLACE, upsert or TRUNCATE") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  for (const auto& table : tables) {
    const std::string name = table.name;
    INFO(name);
    const std::string row = "into " + name + " (id, version, recorded_ms, author_id, " +
                            table.columns + ") values ('r', 1, 1, 'u', " + table.values + ")";
    REQUIRE(ok(run(*database, "insert " + row)));
    const std::string copy = " into " + name + " select * from " + name;
    std::vector<std::string> attacks{
        "update " + name + " set author_id = 'thief'",
        "update " + name + " set recorded_ms = 2 where id = 'r' and version = 1",
        "delete from " + name,
        "insert " + row,
        "insert " + row + " on conflict (id, version) do update set author_id = 'thief'",
        "insert " + row + " on conflict (id, version) do update set recorded_ms = 2",
    };
    if (scratch.settings.dialect == Dialect::postgresql) {
      attacks.push_back("truncate " + name);
      attacks.push_back("truncate " + name + " cascade");
    } else {
      attacks.push_back("insert or replace " + row);
      attacks.push_back("replace " + row);
      attacks.push_back("insert or replace" + copy);
      attacks.push_back("update or replace " + name + " set author_id = 'thief'");
    }
    for (const auto& attack : attacks) {
      INFO(attack);
      CHECK(code_of(run(*database, attack)) == ErrorCode::conflict);
    }
    CHECK(count(*database, "select count(*) from " + name +
                               " where id = 'r' and version = 1 and author_id = 'u' and "
                               "recorded_ms = 1") == 1);
    CHECK(count(*database, "select count(*) from " + name) == 1);
  }
}

TEST_CASE("a provenance has one version, an activity that is known, and a problem its status") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  const auto provenance = [&](int version, const std::string& activity) {
    return run(
        *database,
        "insert into provenance (id, version, recorded_ms, author_id, patient_id, target_type, "
        "target_id, target_version, activity) values ('v', " +
            std::to_string(version) + ", 1, 'u', 'p', 'Encounter', 'v', 1, '" + activity + "')");
  };
  CHECK(code_of(provenance(1, "rewrite")) == ErrorCode::conflict);
  REQUIRE(ok(provenance(1, "amend")));
  CHECK(code_of(provenance(2, "amend")) == ErrorCode::conflict);
  int next = 0;
  const auto condition = [&](const std::string& clinical, const std::string& verification) {
    return run(*database,
               "insert into condition (id, version, recorded_ms, author_id, patient_id, "
               "clinical_status, verification_status, code) values ('c" +
                   std::to_string(++next) + "', 1, 1, 'u', 'p', " + clinical + ", '" +
                   verification + "', 'other')");
  };
  CHECK(code_of(condition("'active'", "entered-in-error")) == ErrorCode::conflict);
  CHECK(code_of(condition("null", "confirmed")) == ErrorCode::conflict);
  CHECK(code_of(condition("'asleep'", "confirmed")) == ErrorCode::conflict);
  CHECK(code_of(condition("'active'", "rumoured")) == ErrorCode::conflict);
  CHECK(ok(condition("'active'", "confirmed")));
  CHECK(ok(condition("null", "entered-in-error")));
}
