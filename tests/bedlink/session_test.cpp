// SPDX-License-Identifier: MPL-2.0
// A whole session between the gateway and facet-bed as its own process.
#include <catch2/catch.hpp>

#include "bedlink/jws.h"
#include "bedlink/support.h"

using namespace facet;
using namespace facet::test;

namespace {

struct Together {
  Folder folder;
  Clinic clinic;
  std::unique_ptr<bedlink::Gateway> gateway = start_gateway(clinic);
  bedlink::MatchCode code = bedlink::make_match_code();

  std::unique_ptr<BedProcess> new_bed(std::vector<std::string> more = {"--time-scale", "60"}) {
    return std::make_unique<BedProcess>(folder.path, gateway->port(), gateway->pairing_port(),
                                        std::move(more));
  }
  bool send(const Order& order) {
    const auto before = clinic.order_replies.size();
    return gateway->send_order(bed_id, signed_order(order)).has_value() &&
           clinic.wait([&] { return clinic.order_replies.size() > before; });
  }
  /// Lies down, types the code, waits for the lease and presses.
  bool start(BedProcess& bed) {
    bed.control("lie_down");
    if (!bed.control("code " + code.code)["ok"].get<bool>()) return false;
    if (!eventually([&] { return bed.status()["leased"].get<bool>(); })) return false;
    return bed.control("press")["ok"].get<bool>();
  }
  std::optional<bedlink::SessionResult> result() {
    for (const auto& [seq, event] : clinic.events)
      if (event.type == "ended") return event.result;
    return {};
  }
};

}  // namespace

TEST_CASE("A bed is paired, takes an order, runs it and signs the result") {
  Together t;
  auto bed = t.new_bed();
  REQUIRE(pair(*t.gateway, t.clinic, *bed));
  CHECK(t.gateway->is_online(bed_id));
  const auto order = good_order(t.code, 120);
  const auto jws = signed_order(order);
  REQUIRE(t.gateway->send_order(bed_id, jws));
  REQUIRE(t.clinic.wait([&] { return !t.clinic.order_replies.empty(); }));
  CHECK(t.clinic.order_replies[0].accepted);
  CHECK_FALSE(t.clinic.order_replies[0].clamped);

  SECTION("it refuses to move without code, button, patient and lease, then runs") {
    CHECK(bed->control("press")["code"] == "STATE");  // nobody there
    CHECK(bed->control("code " + t.code.code)["code"] == "STATE");
    bed->control("lie_down");
    CHECK(bed->control("press")["code"] == "STATE");  // no code
    CHECK_FALSE(bed->control("code 0000")["ok"].get<bool>());
    REQUIRE(bed->control("code " + t.code.code)["ok"].get<bool>());
    CHECK_FALSE(bed->control("press 100")["ok"].get<bool>());  // too short
    CHECK(bed->status()["force_n"] == 0);
    CHECK(bed->status()["refusals"].size() >= 5);
    REQUIRE(eventually([&] { return bed->status()["leased"].get<bool>(); }));
    REQUIRE(bed->control("press")["ok"].get<bool>());
    REQUIRE(t.clinic.wait([&] { return t.clinic.count("ended") == 1; }));
    const auto result = t.result();
    REQUIRE(result);
    CHECK(result->state == "completed");
    CHECK(result->stop_cause == "done");
    CHECK(result->order_hash == bedlink::sha256_hex(jws));
    CHECK(result->duration_s == 120);
    CHECK(result->peak_force_n <= 80);
    CHECK(result->peak_force_n > 0);
    REQUIRE(result->zones.size() == 2);
    CHECK(result->zones[0].zone == "left_lower");
    CHECK(result->zones[0].presses > 0);
    CHECK(result->zones[0].tension_after < result->zones[0].tension_before);
    CHECK(t.clinic.count("started") == 1);
    CHECK(t.clinic.count("progress") >= 1);
    REQUIRE(t.clinic.wait([&] { return !t.clinic.echoes.empty(); }));

    // The same bytes again: used up.
    REQUIRE(t.gateway->send_order(bed_id, jws));
    REQUIRE(t.clinic.wait([&] { return t.clinic.order_replies.size() == 2; }));
    CHECK(t.clinic.order_replies[1].code == bedlink::LinkCode::consumed);
  }
  SECTION("a cancelled order can never start") {
    REQUIRE(t.gateway->cancel(bed_id, order.order_id));
    REQUIRE(t.clinic.wait([&] { return !t.clinic.command_replies.empty(); }));
    CHECK(t.clinic.command_replies[0].accepted);
    CHECK(t.clinic.command_replies[0].state == "cancelled");
    CHECK_FALSE(t.start(*bed));
    REQUIRE(t.gateway->send_order(bed_id, jws));
    REQUIRE(t.clinic.wait([&] { return t.clinic.order_replies.size() == 2; }));
    CHECK(t.clinic.order_replies[1].code == bedlink::LinkCode::cancelled);
  }
  SECTION("SIGTERM ends the bed cleanly") {
    CHECK(bed->terminate() == 0);
  }
}

TEST_CASE(
    "A running session can be held and stopped from the clinic, but only resumed at the bed") {
  Together t;
  auto bed = t.new_bed({"--time-scale", "1"});
  REQUIRE(pair(*t.gateway, t.clinic, *bed));
  const auto order = good_order(t.code, 1200);
  REQUIRE(t.send(order));
  REQUIRE(t.start(*bed));
  REQUIRE(eventually([&] { return bed->status()["force_n"] > 0; }));
  REQUIRE(t.gateway->hold(bed_id, order.order_id));
  REQUIRE(t.clinic.wait([&] { return t.clinic.count("paused") == 1; }));
  CHECK(bed->status()["force_n"] == 0);
  REQUIRE(bed->control("press")["ok"].get<bool>());
  REQUIRE(t.clinic.wait([&] { return t.clinic.count("resumed") == 1; }));
  REQUIRE(t.gateway->stop_session(bed_id, order.order_id));
  REQUIRE(t.clinic.wait([&] { return t.clinic.count("ended") == 1; }));
  CHECK(t.result()->state == "stopped");
  CHECK(t.result()->stop_cause == "remote_stop");
  CHECK_FALSE(bed->control("press")["ok"].get<bool>());
}

TEST_CASE("A bed pauses by itself when the gateway is gone, and its result arrives exactly once") {
  Together t;
  auto bed = t.new_bed({"--time-scale", "1"});
  REQUIRE(pair(*t.gateway, t.clinic, *bed));
  REQUIRE(t.send(good_order(t.code, 1200)));
  REQUIRE(t.start(*bed));
  const auto port = t.gateway->port();
  const auto pairing = t.gateway->pairing_port();
  {
    const std::lock_guard lock(t.clinic.mutex);
    t.clinic.die_before_ack = true;  // the end is committed, and the gateway dies before saying so
  }
  bed->control("stop");
  REQUIRE(t.clinic.wait([&] { return t.clinic.count("ended") == 1; }));
  t.gateway->stop();
  t.gateway.reset();
  CHECK(bed->status()["unacknowledged"] > 0);
  {
    const std::lock_guard lock(t.clinic.mutex);
    t.clinic.die_before_ack = false;
  }
  t.gateway = start_gateway(t.clinic, port, pairing);
  REQUIRE(eventually([&] { return bed->status()["unacknowledged"] == 0; }, 30s));
  CHECK(t.clinic.count("ended") == 1);

  // The next session loses its gateway while it runs.
  REQUIRE(t.clinic.wait([&] { return t.clinic.online >= 2; }));
  t.code = bedlink::make_match_code();
  REQUIRE(t.send(good_order(t.code, 1200)));
  REQUIRE(t.start(*bed));
  const auto cut = std::chrono::steady_clock::now();
  t.gateway->stop();
  t.gateway.reset();
  REQUIRE(eventually([&] { return bed->status()["state"] == "paused"; }));
  CHECK(std::chrono::steady_clock::now() - cut < 5500ms);
  CHECK(bed->status()["force_n"] == 0);
  CHECK(bed->control("press")["code"] == "NOT_ACCEPTED");  // not without the link
  t.gateway = start_gateway(t.clinic, port, pairing);
  REQUIRE(eventually([&] { return bed->status()["leased"].get<bool>(); }, 30s));
  CHECK(bed->status()["state"] == "paused");  // the link alone never resumes
}

TEST_CASE("A bed killed in a session never moves again for it, and reports one aborted end") {
  Together t;
  auto bed = t.new_bed({"--time-scale", "1"});
  REQUIRE(pair(*t.gateway, t.clinic, *bed));
  const auto order = good_order(t.code, 1200);
  const auto jws = signed_order(order);
  REQUIRE(t.send(order));
  REQUIRE(t.start(*bed));
  REQUIRE(t.clinic.wait([&] { return t.clinic.count("started") == 1; }));
  bed->kill();
  bed = t.new_bed();
  REQUIRE(t.clinic.wait([&] { return t.clinic.count("ended") == 1; }, 30s));
  CHECK(t.result()->state == "aborted");
  CHECK(t.result()->stop_cause == "restart");
  CHECK(bed->status()["state"] == "idle");
  REQUIRE(t.clinic.wait([&] { return t.clinic.online == 2; }));
  REQUIRE(t.gateway->send_order(bed_id, jws));
  REQUIRE(t.clinic.wait([&] { return t.clinic.order_replies.size() == 2; }));
  CHECK(t.clinic.order_replies[1].code == bedlink::LinkCode::consumed);
}

TEST_CASE("Pairing needs the code that the bed shows") {
  Together t;
  auto bed = t.new_bed();
  CHECK(t.gateway->pair(bed_id, "short", 1s).error().code == base::ErrorCode::invalid);
  REQUIRE(eventually([&] { return bed->status()["pairing_code"] != ""; }));
  const auto shown = bed->status()["pairing_code"];
  const auto wrong = t.gateway->pair(bed_id, "2222222222", 20s);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().code == base::ErrorCode::denied);
  CHECK_FALSE(bed->status()["paired"].get<bool>());
  REQUIRE(eventually([&] { return bed->status()["pairing_code"] != shown; }));
  REQUIRE(pair(*t.gateway, t.clinic, *bed));  // with the code shown now
  CHECK(eventually([&] { return bed->status()["pairing_code"] == ""; }));
}
