// SPDX-License-Identifier: MPL-2.0
#include "clinic_world.h"
#include "scheduling/appointment_fhir.h"
#include "scheduling/schedule_fhir.h"

using namespace facet;
using namespace facet::testing;
using base::Json;

namespace {

struct Answer final : rest::Response {
  void begin(int http_status) override { status = http_status; }
  void header(std::string_view, std::string_view) override {}
  bool write(std::string_view chunk) override {
    text += chunk;
    return true;
  }
  bool flush() override { return true; }
  Json body() const { return Json::parse(text); }

  int status = 0;
  std::string text;
};

struct Desk {
  explicit Desk(ClinicWorld& clinic) : fhir(clinic.acts) {
    scheduling::mount_schedules(clinic.schedules, fhir);
    scheduling::mount_appointments(clinic.bookings, fhir);
    fhir.mount(router);
  }

  Answer ask(const base::Principal& who, const char* method, const std::string& path,
             rest::Pairs query = {}, const Json& body = {}, const std::string& if_match = {}) {
    const std::string text = body.is_null() ? "" : body.dump();
    rest::Request request;
    request.method = method;
    request.path = path;
    request.query = std::move(query);
    if (!if_match.empty()) request.headers = {{"if-match", if_match}};
    request.body = text;
    request.principal = who;
    request.authenticated = true;
    Answer answer;
    router.dispatch(request, answer);
    UNSCOPED_INFO(answer.text);
    return answer;
  }

  rest::FhirServer fhir;
  rest::Router router;
};

Json schedule_json() {
  return Json::parse(R"({"resourceType": "Schedule", "active": true, "comment": "Bed 2",
    "actor": [{"reference": "Device/bed2"}, {"reference": "Location/room2"},
              {"reference": "Practitioner/physio2"}],
    "extension": [{"url": "urn:facet:opening", "extension": [
      {"url": "weekday", "valueInteger": 1}, {"url": "opens", "valueTime": "07:00"},
      {"url": "closes", "valueTime": "00:00:00"}]}]})");
}

Json appointment_json(const Json& slot) {
  Json body{{"resourceType", "Appointment"},
            {"status", "booked"},
            {"start", slot["start"]},
            {"end", slot["end"]},
            {"basedOn", Json::array({rest::reference("ServiceRequest", "o1")})}};
  for (const char* target : {"Patient/p1", "Device/bed2", "Location/room2", "Practitioner/physio2"})
    body["participant"].push_back({{"actor", {{"reference", target}}}, {"status", "accepted"}});
  return body;
}

}  // namespace

TEST_CASE("over FHIR: a schedule is made, its first free slot found, booked, read and cancelled") {
  ClinicWorld world(storage::Dialect::sqlite);
  Desk desk(world);
  const auto made = desk.ask(world.admin, "PUT", "/fhir/Schedule/two", {}, schedule_json());
  REQUIRE(made.status == 201);
  CHECK(made.body()["extension"][0]["extension"][2]["valueTime"] == "00:00:00");
  CHECK(desk.ask(world.admin, "PUT", "/fhir/Schedule/two", {}, made.body()).status == 200);

  const rest::Pairs first{{"schedule", "Schedule/two"},
                          {"start", "ge2026-11-23T09:01:00Z"},
                          {"status", "free"},
                          {"minutes", "20"},
                          {"_count", "1"}};
  const auto slots = desk.ask(world.reception, "GET", "/fhir/Slot", first).body();
  REQUIRE(slots["entry"].size() == 1);
  const Json slot = slots["entry"][0]["resource"];
  CHECK(slot["start"] == "2026-11-23T09:05:00.000Z");
  CHECK(slot["end"] == "2026-11-23T09:25:00.000Z");
  CHECK(slot["id"] == "two.1795424700000");

  Json asked = appointment_json(slot);
  asked["slot"] = Json::array({rest::reference("Slot", slot["id"])});
  REQUIRE(desk.ask(world.reception, "PUT", "/fhir/Appointment/a1", {}, asked).status == 201);
  CHECK(desk.ask(world.reception, "PUT", "/fhir/Appointment/a2", {}, asked).status == 409);
  CHECK(desk.ask(world.reception, "GET", "/fhir/Slot", first)
            .body()["entry"][0]["resource"]["start"] == "2026-11-23T09:35:00.000Z");

  auto read = desk.ask(world.reception, "GET", "/fhir/Appointment/a1").body();
  CHECK(read["participant"] == asked["participant"]);
  read["status"] = "cancelled";
  read["comment"] = "Has a cold";
  CHECK(desk.ask(world.reception, "PUT", "/fhir/Appointment/a1", {}, read).status == 409);
  REQUIRE(desk.ask(world.reception, "PUT", "/fhir/Appointment/a1", {}, read, "W/\"1\"").status ==
          200);
  const auto found = desk.ask(world.reception, "GET", "/fhir/Appointment",
                              {{"actor", "Device/bed2"}, {"status", "cancelled"}});
  CHECK(found.body()["entry"][0]["resource"]["comment"] == "Has a cold");
}

TEST_CASE("over FHIR: what is wrong with an appointment is named") {
  ClinicWorld world(storage::Dialect::sqlite);
  REQUIRE(world.add_schedule("two", "bed2", "room2", "physio2"));
  Desk desk(world);
  const Json good =
      appointment_json({{"start", "2026-11-23T09:00:00Z"}, {"end", "2026-11-23T09:20:00Z"}});
  const auto wrong = [&](const char* element, const Json& value) {
    Json body = good;
    body[element] = value;
    const auto answer = desk.ask(world.reception, "POST", "/fhir/Appointment", {}, body);
    CHECK(answer.status == 400);
    return answer.body()["issue"][0]["expression"][0].get<std::string>();
  };
  CHECK(wrong("participant", Json::array()) == "Appointment.participant");
  CHECK(wrong("basedOn", "ServiceRequest/o1") == "Appointment.basedOn");
  CHECK(wrong("slot", Json::array({rest::reference("Slot", "two.1")})) == "Appointment.slot");
  CHECK(wrong("status", "arrived") == "Appointment.status");
  CHECK(wrong("priority", 1) == "Appointment.priority");
  CHECK(desk.ask(world.reception, "POST", "/fhir/Appointment", {}, good).status == 201);
  CHECK(desk.ask(world.reception, "GET", "/fhir/Slot", {{"start", "ge2026"}}).status == 400);
}
