// SPDX-License-Identifier: MPL-2.0
#include "door/door.h"
#include "door/records.h"
#include "door/safety.h"
#include "storage/digest.h"

using namespace facet;
using namespace facet::testing;

namespace {

struct Refusal {
  const char* name;
  std::function<void(Ready&)> spoil;
  const char* reason;
};

}  // namespace

TEST_CASE("the gate lets a patient through whom consent, screening, clearance and order cover") {
  Door door(any_engine());
  Ready ann(door, "ann");
  ann.write(door);
  const auto answer = door.put(reception, ann.booked);
  INFO(answer.body);
  REQUIRE(answer.status == 201);
  CHECK(door.count("select count(*) from gate_decision where patient_id = 'ann' and open = 1 and "
                   "asked_at = 'booking' and principal = 'desk' and reasons = '[]'") == 1);
}

TEST_CASE(
    "the gate refuses a booking for every reason, keeps them, and reception hears one sentence") {
  Door door(any_engine());
  const auto days_ago = [](int days) { return minutes_from_now(-days * 24 * 60); };
  const std::vector<Refusal> refusals{
      {"c1", [](Ready& r) { r.agreed = nullptr; }, "no current consent"},
      {"c2", [](Ready& r) { r.agreed["status"] = "inactive"; }, "no current consent"},
      {"c3", [](Ready& r) { r.agreed["category"][0]["coding"][0]["code"] = "treatment"; },
       "no current consent"},
      {"s1", [](Ready& r) { r.answers = nullptr; }, "not been screened"},
      {"s2", [](Ready& r) { r.answers["status"] = "in-progress"; }, "not been screened"},
      {"s3", [&](Ready& r) { r.answers["authored"] = days_ago(400); }, "too old"},
      {"s4", [](Ready& r) { answer_with(r.answers, "rf_ces_saddle.thighs", "yes"); },
       "Screening (rf_ces_saddle)"},
      {"s5", [](Ready& r) { answer_with(r.answers, "rf_ces_saddle.thighs", "unsure"); },
       "Screening (rf_ces_saddle)"},
      {"k1", [](Ready& r) { r.cleared = nullptr; }, "no clearance by a clinician"},
      {"k2", [](Ready& r) { r.cleared["status"] = "in-progress"; }, "no clearance by a clinician"},
      {"k3",
       [](Ready& r) {
         r.cleared["effectivePeriod"] = {{"start", minutes_from_now(90)},
                                         {"end", minutes_from_now(900)}};
       },
       "does not run at that time"},
      {"k4", [](Ready& r) { r.cleared["effectivePeriod"]["end"] = r.booked["start"]; },
       "does not run at that time"},
      {"o1", [](Ready& r) { r.ordered["extension"][1]["valueInteger"] = 4; }, "stronger"},
      {"o2",
       [](Ready& r) {
         r.ordered["extension"][3]["valueInteger"] = 30;
         r.booked["end"] = minutes_from_now(90);
       },
       "longer"},
      {"o3", [](Ready& r) { r.ordered["extension"][0]["valueCode"] = "left_upper"; },
       "zones that are not cleared"},
      {"b1", [&](Ready& r) { r.person["birthDate"] = day_from_now(-365 * 17); },
       "Screening (ci_under_18)"},
      {"b3", [](Ready& r) { r.person["active"] = false; }, "not active"},
  };
  for (const auto& refusal : refusals) {
    const std::string id = refusal.name;
    Ready who(door, id);
    refusal.spoil(who);
    who.write(door);
    const auto before = door.rows();

    const auto desk = door.put(reception, who.booked);
    INFO(id << " " << desk.body);
    CHECK(desk.status == 422);
    const auto heard = desk.json()["issue"];
    for (const auto& issue : heard) CHECK(issue["diagnostics"] == "No current clearance.");

    const auto clinician = door.put(physio, who.booked);
    INFO(clinician.body);
    CHECK(clinician.status == 422);
    CHECK(clinician.all_text().find(refusal.reason) != std::string::npos);

    CHECK(door.rows() == before);
    CHECK(door.count("select count(*) from gate_decision where patient_id = '" + id +
                     "' and open = 0 and reasons like '%" + refusal.reason + "%'") == 2);
  }
  CHECK(door.count("select count(*) from booking_hold") == 0);
}

TEST_CASE("nobody is screened or booked whose birth date is not known") {
  Door door(Dialect::sqlite);
  Ready ann(door, "ann"), bob(door, "bob");
  ann.person.erase("birthDate");
  door.must(physio, ann.person);
  const auto unscreened = door.put(physio, ann.answers);
  CHECK(unscreened.status == 400);
  CHECK(unscreened.all_text().find("ci_under_18") != std::string::npos);
  bob.write(door);
  bob.person.erase("birthDate");
  REQUIRE(door.put(physio, bob.person, "W/\"1\"").status == 200);
  const auto refused = door.put(physio, bob.booked);
  CHECK(refused.status == 422);
  CHECK(refused.all_text().find("birth date is not known") != std::string::npos);
}

TEST_CASE("the deceased are not booked, and withdrawn consent closes the gate") {
  Door door(any_engine());
  Ready ann(door, "ann"), bob(door, "bob");
  ann.person["deceasedDateTime"] = minutes_from_now(-60);
  ann.write(door);
  CHECK(door.put(reception, ann.booked).status == 422);
  bob.write(door);
  bob.agreed["status"] = "inactive";
  CHECK(door.put(physio, bob.agreed, "W/\"1\"").status == 200);
  CHECK(door.put(physio, bob.booked).status == 422);
  CHECK(door.count("select count(*) from booking_hold") == 0);
}

TEST_CASE("a clearance keeps a copy of the registration that it was given under") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, clearance("k", "ann"));
  CHECK(door.count("select count(*) from clinical_impression where id = 'k' and regulator = 'HCPC' "
                   "and registration_number = 'PH-physio' and registration_expires = '" +
                   day_from_now(365) + "'") == 1);
  auto renewed = practitioner("physio", day_from_now(700));
  REQUIRE(door.put(admin, renewed, "W/\"1\"").status == 200);
  CHECK(door.count("select count(*) from clinical_impression where registration_expires = '" +
                   day_from_now(365) + "'") == 1);
}

TEST_CASE("a clearance is given by the registered clinician who is logged in, by nobody else") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  const auto before = door.rows();
  const Who lapsed = base::Principal{"lapsed", {"physiotherapist"}, "", ""};
  const Who stranger = base::Principal{"stranger", {"physiotherapist"}, "", ""};
  for (const auto& [who, assessor] : std::vector<std::pair<Who, std::string>>{
           {physio, "other"}, {lapsed, "lapsed"}, {stranger, "stranger"}, {physio, "stranger"}}) {
    const auto answer = door.put(who, clearance("k", "ann", assessor));
    INFO(answer.body);
    CHECK(answer.status == 400);
    CHECK(answer.field() == "ClinicalImpression.assessor");
  }
  CHECK(door.put(admin, clearance("k", "ann")).status == 403);
  CHECK(door.rows() == before);
}

TEST_CASE("over the door an overlapping booking is 409, and cancelling frees the time") {
  Door door(any_engine());
  Ready ann(door, "ann"), bob(door, "bob");
  ann.write(door);
  bob.write(door);
  REQUIRE(door.put(reception, ann.booked).status == 201);
  const auto taken = door.put(reception, bob.booked);
  INFO(taken.body);
  CHECK(taken.status == 409);
  CHECK(taken.field() == "Appointment.start");
  CHECK(taken.body.find("ann") == std::string::npos);  // never by whom

  const auto slot = door.get(reception, "/fhir/Slot?schedule=Schedule/diary&start=ge" +
                                            ann.booked["start"].get<std::string>() +
                                            "&status=free&minutes=20&_count=1");
  CHECK(slot.json()["entry"][0]["resource"]["start"] != ann.booked["start"]);

  auto cancelled = ann.booked;
  cancelled["status"] = "cancelled";
  CHECK(door.put(reception, cancelled).status == 409);
  CHECK(door.put(reception, cancelled, "W/\"1\"").status == 200);
  CHECK(door.put(reception, bob.booked).status == 201);
}

TEST_CASE("a handout is made, kept byte for byte, and not for reception") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, symptom("o", "ann"));
  door.must(physio, motion("m", "ann", "L4-L5", "left"));
  const auto made = door.send(physio, "POST", "/fhir/Patient/ann/$handout");
  INFO(made.body);
  REQUIRE(made.status == 201);
  const auto attachment = made.json()["content"][0]["attachment"];
  const auto pdf = door.get(physio, "/fhir/" + attachment["url"].get<std::string>());
  CHECK(pdf.status == 200);
  CHECK(pdf.headers.at("content-type") == "application/pdf");
  CHECK(pdf.body.starts_with("%PDF-"));
  CHECK(attachment["size"] == pdf.body.size());
  CHECK(attachment["extension"][0]["valueString"] == storage::digest_hex(pdf.body));

  const auto before = door.rows();
  CHECK(door.send(reception, "POST", "/fhir/Patient/ann/$handout").status == 403);
  CHECK(door.get(reception, "/fhir/" + attachment["url"].get<std::string>()).status == 403);
  CHECK(door.get(reception, "/fhir/DocumentReference?patient=ann").status == 403);
  CHECK(door.send(physio, "POST", "/fhir/Patient/eve/$handout").status == 404);
  CHECK(door.send(physio, "POST", "/fhir/Patient/ann/$handout", "[7]").status == 400);
  CHECK(door.rows() == before);
}
