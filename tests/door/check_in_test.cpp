// SPDX-License-Identifier: MPL-2.0
// Arriving, checking in, and today's questions.
#include "door/safety.h"

using namespace facet;
using namespace facet::testing;

namespace {

Json with_status(Json appointment, const std::string& status) {
  appointment["status"] = status;
  return appointment;
}

bool says(const Answer& answer, const std::string& part) {
  return answer.body.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a patient arrives without a question, and is checked in through the gate") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  const auto booked = appointment("ann-a", "ann", "ann-r", 5);
  REQUIRE(door.put(reception, booked).status == 201);
  REQUIRE(door.put(reception, with_status(booked, "arrived"), "W/\"1\"").status == 200);
  const auto holds = door.count("select count(*) from booking_hold");
  CHECK(holds == 4);

  const auto desk = door.put(reception, with_status(booked, "checked-in"), "W/\"2\"");
  CHECK(desk.status == 422);
  const auto heard = desk.json()["issue"];
  for (const auto& issue : heard) CHECK(issue["diagnostics"] == "No current clearance.");
  const auto clinician = door.put(physio, with_status(booked, "checked-in"), "W/\"2\"");
  CHECK(clinician.status == 422);
  CHECK(says(clinician, "Today's questions have not been answered."));
  CHECK(door.count("select count(*) from gate_decision where asked_at = 'check-in' and open = 0") == 2);

  ann.rechecked(-1);
  const auto in = door.put(reception, with_status(booked, "checked-in"), "W/\"2\"");
  INFO(in.body);
  CHECK(in.status == 200);
  CHECK(in.json()["status"] == "checked-in");
  CHECK(door.count("select count(*) from gate_decision where asked_at = 'check-in' and open = 1") == 1);
  CHECK(door.count("select count(*) from booking_hold") == holds);
  const auto back = door.put(reception, booked, "W/\"3\"");  // it was somebody else
  CHECK(back.status == 200);
  CHECK(door.put(reception, with_status(booked, "cancelled"), "W/\"4\"").status == 200);
  CHECK(door.count("select count(*) from booking_hold") == 0);
  CHECK(door.put(reception, with_status(booked, "arrived"), "W/\"5\"").status == 409);
}

TEST_CASE("today's answers are those of the last two hours, and a yes among them closes the gate") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  CHECK(ann.gate() == "Today's questions have not been answered.");
  CHECK(ann.gate(60) == "open");  // for later, they are asked later
  ann.rechecked(-121);
  CHECK(ann.gate() == "Today's questions have not been answered.");
  ann.rechecked(-118);
  CHECK(ann.gate() == "open");
  ann.rechecked(-10, {{"ci_sedated", "yes"}});
  CHECK(ann.gate().find("ci_sedated") != std::string::npos);
  ann.rechecked(-5);
  CHECK(ann.gate() == "open");
  CHECK(ann.gate(0, reception) == "Cleared.");

  Bedded bob(door, "bob");
  bob.screened(-119);  // a whole screening has today's questions in it
  CHECK(bob.gate() == "open");
  bob.screened(-2, {{"ci_under_treatment", "yes"}});
  CHECK(bob.gate().find("ci_under_treatment") != std::string::npos);
  CHECK(bob.gate(0, reception) == "No current clearance.");
}

TEST_CASE("a re-check asks its own questions, all of them") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  auto whole = screening("q", "ann", door.get(physio, "/fhir/Questionnaire/recheck").json());
  whole["questionnaire"] = "urn:facet:questionnaire:recheck";
  CHECK(whole["item"].size() == 15);
  auto other = whole;
  other["item"].push_back(
      {{"linkId", "ci_epilepsy"},
       {"answer", Json::array({{{"valueCoding", {{"system", "urn:facet:answer"}, {"code", "no"}}}}})}});
  CHECK(door.put(physio, other).field() == "QuestionnaireResponse.item ci_epilepsy");
  auto short_one = whole;
  short_one["item"].erase(14);
  CHECK(says(door.put(physio, short_one), "ci_changed_since_last"));
  auto future = whole;
  future["authored"] = minutes_from_now(3);
  CHECK(door.put(physio, future).field() == "QuestionnaireResponse.authored");
  CHECK(door.put(physio, whole).status == 201);
  CHECK(door.put(physio, whole).status == 200);
}

TEST_CASE("check-in begins nine minutes before, and ends with the appointment's time") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  ann.rechecked(-1);
  const auto early = appointment("early", "ann", "ann-r", 15);
  REQUIRE(door.put(reception, early).status == 201);
  const auto answer = door.put(reception, with_status(early, "checked-in"), "W/\"1\"");
  CHECK(answer.status == 400);
  CHECK(says(answer, "9 minutes before"));
  CHECK(door.put(reception, with_status(early, "arrived"), "W/\"1\"").status == 200);
  CHECK(door.put(reception, with_status(early, "fulfilled"), "W/\"2\"").status == 400);
  auto moved = with_status(early, "checked-in");
  moved["start"] = minutes_from_now(5);
  moved["end"] = minutes_from_now(25);
  CHECK(door.put(reception, moved, "W/\"2\"").status == 400);  // one thing at a time
  moved["status"] = "booked";
  CHECK(door.put(reception, moved, "W/\"2\"").status == 200);
  CHECK(door.put(reception, with_status(moved, "checked-in"), "W/\"3\"").status == 200);
}

TEST_CASE("a look at the gate has its roles, is audited, and is not kept as a decision") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  const auto decisions = door.count("select count(*) from gate_decision");
  const auto events = door.count("select count(*) from audit_event");
  const std::string url = "/fhir/Patient/ann/$gate";
  CHECK(door.get(reception, url + "?service-request=ann-r").json()["parameter"].size() == 2);
  CHECK(door.get(admin, url + "?service-request=ann-r").json()["parameter"].size() == 2);
  CHECK(door.count("select count(*) from gate_decision") == decisions);
  CHECK(door.count("select count(*) from audit_event") == events + 2);
  CHECK(door.get(base::Principal{"x", {}, "", ""}, url + "?service-request=ann-r").status == 403);
  CHECK(door.get(physio, url).status == 400);
  CHECK(door.get(physio, url + "?service-request=ann-r&at=2020-01-01T00:00:00Z").status == 400);
  CHECK(door.get(physio, url + "?service-request=ann-r&at=soon").status == 400);
  CHECK(door.get(physio, url + "?service-request=ann-r&x=1").status == 400);
  CHECK(door.get(physio, "/fhir/Patient/eve/$gate?service-request=ann-r").status == 404);
  const auto none = door.get(physio, url + "?service-request=other");
  CHECK(none.status == 200);
  CHECK(says(none, "There is no bed order for this patient."));

  REQUIRE(door.put(reception, appointment("a", "ann", "ann-r")).status == 201);
  for (const auto& who : {physio, admin}) {
    const auto kept = door.get(who, "/fhir/Patient/ann/$gate-history").json()["parameter"];
    REQUIRE(kept.size() == 1);
    CHECK(kept[0]["part"][0]["valueCode"] == "booking");
    CHECK(kept[0]["part"][3]["valueBoolean"] == true);
  }
  CHECK(door.get(reception, "/fhir/Patient/ann/$gate-history").status == 403);
}
