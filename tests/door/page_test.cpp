// SPDX-License-Identifier: MPL-2.0
#include "door/door.h"
#include "door/records.h"

using namespace facet;
using namespace facet::testing;

namespace {

Json at(Json resource, const std::string& day) {
  resource["effectiveDateTime"] = day + "T09:00:00Z";
  return resource;
}

const Json* find(const Json& list, const char* name, const std::string& value) {
  for (const auto& one : list)
    if (one[name] == value) return &one;
  return nullptr;
}

}  // namespace

TEST_CASE("a patient's page has in one request what a physiotherapist looks at first") {
  const auto dialect = GENERATE(Dialect::sqlite, Dialect::postgresql);
  Door door(dialect);
  door.must(physio, patient("ann"));
  door.must(physio, encounter("visit", "ann"));
  door.must(physio, at(symptom("s1", "ann", 7), "2026-03-01"));
  door.must(physio, at(symptom("s2", "ann", 4), "2026-03-08"));
  door.must(physio, at(stress("t1", "ann", 6), "2026-03-01"));
  door.must(physio, at(motion("m1", "ann", "L4-L5", "left", 1), "2026-03-01"));
  door.must(physio, at(motion("m2", "ann", "L4-L5", "left", 3), "2026-03-08"));
  Json wrong = at(symptom("s3", "ann", 9), "2026-03-09");
  door.must(physio, wrong);
  wrong["status"] = "entered-in-error";
  CHECK(door.put(physio, wrong, "W/\"1\"").status == 200);

  const auto page = door.get(physio, "/pages/patient/ann").json();
  CHECK(page["patient"]["name"] == "Zebedee Okonkwo");
  REQUIRE(page["symptoms"].size() == 1);
  const auto& elbow = page["symptoms"][0];
  CHECK(elbow["code"] == "tennis_elbow");
  CHECK(elbow["side"] == "right");
  CHECK(elbow["value"] == 4);
  CHECK(elbow["change"] == -3);
  CHECK(elbow["trend"].size() == 2);
  CHECK(elbow["nerves"] == Json::array({"Radial"}));
  CHECK(elbow["roots"] == Json::array({"C6", "C7"}));
  CHECK(elbow["joints"] == Json::array({"C5-C6", "C6-C7"}));
  CHECK(elbow["bed"]["basis"] == "adjacent");
  CHECK(elbow["secrets"] == Json::array({1, 2, 4}));
  const auto* joint = find(page["stiffness"], "level", "L4-L5");
  REQUIRE(joint);
  CHECK((*joint)["motion"] == 3);
  CHECK((*joint)["change"] == 2);
  CHECK(page["stress"]["value"] == 6);
  CHECK_FALSE(page["stress"].contains("change"));
  CHECK(page["screening"]["state"] == "none");
  CHECK(page["visits"][0]["id"] == "visit");
  CHECK(page["gate"]["open"] == false);
  CHECK_FALSE(page["gate"]["reasons"].empty());
  CHECK(page["flags"].empty());
}

TEST_CASE("a page shows the gate as it stands, and what keeps it closed") {
  const auto dialect = GENERATE(Dialect::sqlite, Dialect::postgresql);
  Door door(dialect);
  door.must(physio, patient("ann"));
  const auto page = [&] { return door.get(physio, "/pages/patient/ann").json(); };
  auto answers = screening("q1", "ann", door.get(physio, "/fhir/Questionnaire/screening").json());
  for (const char* rule : {"ci_weight", "ci_height"}) answer_with(answers, rule, "no");
  door.must(physio, answers);
  door.must(physio, consent("c1", "ann"));
  door.must(physio, clearance("clear", "ann"));
  door.must(physio, order("order1", "ann"));
  auto now = page();
  INFO(now.dump());
  CHECK(now["screening"]["state"] == "complete");
  CHECK(now["screening"]["answered_today"] == true);
  CHECK(now["gate"]["open"] == true);
  CHECK(now["gate"]["service_request_id"] == "order1");

  auto changed = screening("q2", "ann", door.get(physio, "/fhir/Questionnaire/screening").json());
  changed["authored"] = minutes_from_now(0);
  answer_with(changed, "ci_osteoporosis", "unsure");
  door.must(physio, changed);
  now = page();
  CHECK(now["gate"]["open"] == false);
  REQUIRE(now["screening"]["blocks"].size() == 1);
  CHECK(now["screening"]["blocks"][0]["rule"] == "ci_osteoporosis");
  CHECK(now["screening"]["blocks"][0]["lifted"] == false);
  CHECK(now["flags"][0]["rule"] == "ci_osteoporosis");
}

TEST_CASE("a page is one reading in the audit trail, and not for everybody") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  const auto events = [&] {
    return door.count("select count(*) from audit_patient where patient_id = 'ann'");
  };
  const auto before = events();
  CHECK(door.get(physio, "/pages/patient/ann").status == 200);
  CHECK(events() == before + 1);
  CHECK(door.get(reception, "/pages/patient/ann").status == 403);
  CHECK(events() == before + 2);
  CHECK(door.get(nobody, "/pages/patient/ann").status == 401);
  CHECK(door.get(physio, "/pages/patient/nobody").status == 404);
}
