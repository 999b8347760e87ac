// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>

#include "beds/procedure_fhir.h"

using namespace facet;
using namespace facet::beds;

namespace {

bedlink::SessionResult result(const std::string& state, const std::string& cause,
                              std::int64_t duration_s) {
  bedlink::SessionResult made;
  made.bed_id = "bed";
  made.order_id = "order";
  made.state = state;
  made.stop_cause = cause;
  made.started_ms = 1'800'000'000'000;
  made.ended_ms = made.started_ms + 30'000;
  made.duration_s = duration_s;
  made.paused_s = 10;
  made.zones = {{"left_lower", 600, 150, 80, 52, 60, 41}};
  return made;
}

}  // namespace

TEST_CASE("a procedure's status follows from how the session ended") {
  CHECK(procedure_of(result("completed", "done", 1200)).status == "completed");
  CHECK(procedure_of(result("stopped", "estop", 300)).status == "stopped");
  CHECK(procedure_of(result("aborted", "restart", 300)).status == "stopped");
  CHECK(procedure_of(result("aborted", "restart", 0)).status == "not-done");
}

TEST_CASE("zones are kept as the bed told them") {
  const auto zones = read_zones(procedure_of(result("completed", "done", 1200)).zones);
  REQUIRE(zones.size() == 1);
  CHECK(zones[0].zone == "left_lower");
  CHECK(zones[0].presses == 150);
  CHECK(zones[0].tension_before == 60);
  CHECK(zones[0].tension_after == 41);
  CHECK(read_zones("nonsense").empty());
}

TEST_CASE("a simulated session says so, and how fast it ran") {
  auto procedure = procedure_of(result("completed", "done", 1200));
  procedure.simulated = true;
  CHECK(time_scale(procedure) == 60.0);  // 1200 s in 20 s
  const auto body = write_procedure(procedure).dump();
  CHECK(body.find(R"({"url":"urn:facet:simulated","valueBoolean":true})") != std::string::npos);
  CHECK(body.find(R"({"url":"urn:facet:time-scale","valueDecimal":60.0})") != std::string::npos);
  CHECK(body.find("Simulated by a program") != std::string::npos);
}

TEST_CASE("a real session carries no time scale, and a stopped one its cause") {
  auto procedure = procedure_of(result("stopped", "estop", 300));
  procedure.patient_id = "p";
  procedure.service_request_id = "r";
  const auto body = write_procedure(procedure);
  CHECK(body["status"] == "stopped");
  CHECK(body["statusReason"]["coding"][0]["code"] == "estop");
  CHECK(body["subject"]["reference"] == "Patient/p");
  CHECK(body["basedOn"][0]["reference"] == "ServiceRequest/r");
  CHECK(body["usedReference"][0]["reference"] == "Device/bed");
  CHECK(body.dump().find("time-scale") == std::string::npos);
}
