// SPDX-License-Identifier: MPL-2.0
// The bed's own rules, on a clock that the test turns.
#include "bed-simulator/bed.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "bedlink/jws.h"
#include "bedlink/support.h"

using namespace facet;
using namespace facet::test;
using namespace facet::bed_simulator;
using bedlink::LinkCode;

namespace {

struct TestTime final : BedTime {
  std::int64_t utc = now_ms();
  std::int64_t mono = 1000000;
  std::int64_t utc_ms() const override { return utc; }
  std::int64_t mono_ms() const override { return mono; }
};

bedlink::BedIdentity test_identity() {
  static const auto key = bedlink::Key::generate().value();
  return {bed_id, clinic_id, key.private_pem(), "", "", clinic_keys().order_key.public_pem()};
}

struct Bench {
  Folder folder;
  TestTime time;
  std::unique_ptr<Bed> bed;
  bedlink::MatchCode code = bedlink::make_match_code();
  std::uint64_t n = 0;

  Bench() { power_on(); }
  void power_on(std::uint64_t epoch = 7) {
    bed.reset();
    auto journal = Journal::open(folder.path / "journal", time.utc);
    REQUIRE(journal);
    bed = std::make_unique<Bed>(std::move(*journal), BedOptions{}, time);
    bed->set_identity(test_identity());
    connect(epoch);
  }
  bool connect(std::uint64_t epoch = 7) {
    bedlink::HelloReply reply;
    reply.epoch = epoch;
    reply.now_utc_ms = time.utc;
    return bed->on_accepted(reply);
  }
  void lease(const std::string& order_id, std::uint64_t epoch = 7) {
    bed->on_lease({order_id, epoch, ++n});
  }
  /// Real time passes, the gateway leasing or not.
  void pass(std::int64_t ms, const std::string& leased_order = "") {
    for (std::int64_t t = 0; t < ms; t += 100) {
      time.mono += 100;
      time.utc += 100;
      if (!leased_order.empty() && t % 1000 == 0) lease(leased_order);
      bed->tick();
    }
  }
  bool start(const std::string& order_id) {
    bed->lie_down();
    if (!bed->enter_code(code.code).ok) return false;
    lease(order_id);
    return bed->press(600).ok;
  }
  std::string state() { return bed->describe()["state"]; }
  std::int64_t force() { return bed->describe()["force_n"]; }
  int events(const std::string& type) {
    int count = 0;
    for (const auto& e : bed->unacknowledged().events) count += e.type == type ? 1 : 0;
    return count;
  }
  std::string last_cause() { return bed->unacknowledged().events.back().cause; }
};

/// An order whose JSON text the test spoils before it is signed.
std::string spoiled(const std::string& from, const std::string& to) {
  auto text = bedlink::order_text(good_order(bedlink::make_match_code()));
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  return bedlink::sign_jws(clinic_keys().order_key, "facet-order+jws", text).value();
}

}  // namespace

TEST_CASE("An order with any one character changed is refused") {
  Bench b;
  const auto jws = signed_order(good_order(b.code));
  for (std::size_t i = 0; i < jws.size(); ++i) {
    auto changed = jws;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    const auto reply = b.bed->on_order(changed);
    if (reply.accepted || reply.code != LinkCode::signature) FAIL("byte " << i);
  }
  CHECK(b.bed->on_order(jws).accepted);
}

TEST_CASE("A force that makes no sense is refused, one above the bed's limit is lowered") {
  Bench b;
  const auto code_of = [&](const char* force) {
    return b.bed->on_order(spoiled("\"max_force_n\":80", std::string("\"max_force_n\":") + force))
        .code;
  };
  CHECK(code_of("1000000000") == LinkCode::limit);
  CHECK(code_of("99999999999999999999") == LinkCode::format);
  CHECK(code_of("1e9") == LinkCode::format);
  CHECK(code_of("-1") == LinkCode::limit);
  CHECK(code_of("NaN") == LinkCode::format);
  CHECK(code_of("\"80\"") == LinkCode::format);
  CHECK(code_of("80,\"max_force_n\":90") == LinkCode::format);
  CHECK(b.bed->on_order(spoiled("\"max_force_n\":80,", "")).code == LinkCode::format);
  CHECK(b.bed->on_order(spoiled("left_lower", "left_foot")).code == LinkCode::format);
  CHECK(b.bed->on_order(spoiled("{\"order_id\"", "{\"crit\":[\"heat\"],\"order_id\"")).code ==
        LinkCode::unsupported_version);

  auto order = good_order(b.code);
  order.max_force_n = 400;
  const auto reply = b.bed->on_order(signed_order(order));
  CHECK(reply.accepted);
  CHECK(reply.clamped);
  CHECK(reply.max_force_n == 150);
  REQUIRE(b.start(order.order_id));
  b.pass(20000, order.order_id);
  CHECK(b.bed->describe()["peak_force_n"] <= 150);
  CHECK(b.bed->describe()["peak_force_n"] > 80);
}

TEST_CASE(
    "An order for another bed, another time, another gateway or an older counter is refused") {
  Bench b;
  auto order = good_order(b.code);
  order.bed_id = other_bed_id;
  CHECK(b.bed->on_order(signed_order(order)).code == LinkCode::wrong_bed);
  order = good_order(b.code);
  order.not_before_ms = b.time.utc - 7200000;
  order.not_after_ms = b.time.utc - 1;
  CHECK(b.bed->on_order(signed_order(order)).code == LinkCode::expired);
  order = good_order(b.code);
  order.epoch = 6;
  CHECK(b.bed->on_order(signed_order(order)).code == LinkCode::stale_epoch);
  CHECK_FALSE(b.connect(6));

  const auto older = good_order(b.code);
  const auto newer = good_order(b.code);
  CHECK(b.bed->on_order(signed_order(newer)).accepted);
  CHECK(b.bed->on_order(signed_order(older)).code == LinkCode::replay);
  auto twin = newer;
  twin.duration_s += 1;
  CHECK(b.bed->on_order(signed_order(twin)).code == LinkCode::replay);
}

TEST_CASE("The code starts no order before its time, and none after its time to live") {
  Bench b;
  auto order = good_order(b.code);
  order.not_before_ms = b.time.utc + 60000;
  order.ttl_s = 120;
  const auto jws = signed_order(order);
  REQUIRE(b.bed->on_order(jws).accepted);
  b.bed->lie_down();
  CHECK(b.bed->enter_code(b.code.code).code == "TOO_EARLY");
  b.pass(61000);
  CHECK(b.bed->enter_code(b.code.code).ok);
  b.bed->stop();
  b.pass(60000);
  CHECK(b.bed->enter_code(b.code.code).code == "EXPIRED");
  b.pass(3600000);
  CHECK(b.events("missed") == 1);
  CHECK(b.bed->on_order(jws).code == LinkCode::expired);
}

TEST_CASE("A start needs patient, code, half a second on the button, lease, clock and no e-stop") {
  Bench b;
  const auto order = good_order(b.code);
  REQUIRE(b.bed->on_order(signed_order(order)).accepted);
  b.pass(24 * 3600 * 10);  // an order alone never moves anything
  CHECK(b.force() == 0);
  b.bed->lie_down();
  REQUIRE(b.bed->enter_code(b.code.code).ok);
  CHECK(b.bed->press(600).code == "NOT_ACCEPTED");  // no lease yet
  b.lease(order.order_id, 6);                       // another gateway's
  CHECK(b.bed->press(600).code == "NOT_ACCEPTED");
  b.lease(order.order_id);
  CHECK(b.bed->press(499).code == "STATE");
  b.bed->get_up();
  CHECK(b.bed->press(600).code == "STATE");
  b.bed->lie_down();
  CHECK(b.bed->press(600).code == "STATE");  // the code again
  REQUIRE(b.bed->enter_code(b.code.code).ok);
  b.bed->emergency_stop();
  CHECK(b.bed->press(600).code == "ESTOP");
  b.bed->release_emergency_stop();
  REQUIRE(b.bed->enter_code(b.code.code).ok);
  b.pass(61000, order.order_id);  // nobody pressed for a minute
  CHECK(b.state() == "accepted");
  bedlink::HelloReply skewed;
  skewed.epoch = 7;
  skewed.now_utc_ms = b.time.utc + 31000;
  b.bed->on_accepted(skewed);
  REQUIRE(b.bed->enter_code(b.code.code).ok);
  b.lease(order.order_id);
  CHECK(b.bed->press(600).code == "CLOCK_UNTRUSTED");
  b.connect();
  CHECK(b.bed->press(600).ok);
  CHECK(b.state() == "running");
}

TEST_CASE("Without a lease a session pauses after five seconds and ends after two minutes more") {
  Bench b;
  const auto order = good_order(b.code, 1200);
  REQUIRE(b.bed->on_order(signed_order(order)).accepted);
  REQUIRE(b.start(order.order_id));
  b.pass(10000, order.order_id);
  CHECK(b.state() == "running");
  b.pass(5500);
  CHECK(b.state() == "paused");
  CHECK(b.force() == 0);
  CHECK(b.last_cause() == "lease_lost");
  b.pass(120000, order.order_id);
  CHECK(b.events("ended") == 1);
  CHECK(b.last_cause() == "pause_timeout");
  CHECK_FALSE(b.bed->press(600).ok);
}

TEST_CASE("A patient who gets up pauses the session; lying down alone does not resume it") {
  Bench b;
  const auto order = good_order(b.code, 1200);
  REQUIRE(b.bed->on_order(signed_order(order)).accepted);
  REQUIRE(b.start(order.order_id));
  b.pass(2000, order.order_id);
  b.bed->get_up();
  CHECK(b.state() == "paused");
  CHECK_FALSE(b.bed->press(600).ok);
  b.bed->lie_down();
  b.pass(2000, order.order_id);
  CHECK(b.state() == "paused");
  CHECK(b.bed->press(600).ok);
  b.pass(2000, order.order_id);
  CHECK(b.bed->on_command({"Reduce", order.order_id, "c", 10}).accepted);
  CHECK(b.force() <= 10);
  CHECK(b.bed->on_command({"Reduce", order.order_id, "c", 140}).accepted);
  b.pass(4000, order.order_id);
  CHECK(b.force() <= 10);  // the link never raises
  b.bed->emergency_stop();
  CHECK(b.force() == 0);
  CHECK(b.last_cause() == "estop");
}

TEST_CASE("Power off at any moment: at most one start, exactly one end, no motion afterwards") {
  Bench b;
  const auto order = good_order(b.code, 1200);
  const auto jws = signed_order(order);
  REQUIRE(b.bed->on_order(jws).accepted);
  b.power_on();
  REQUIRE(b.start(order.order_id));  // accepted orders survive
  b.pass(65000, order.order_id);
  b.power_on();
  CHECK(b.events("started") == 1);
  REQUIRE(b.events("ended") == 1);
  const auto ended = b.bed->unacknowledged().events.back();
  const auto key = bedlink::Key::from_private_pem(test_identity().key_pem).value();
  const auto result = bedlink::verify_result(key, ended.data.at("jws").get<std::string>());
  REQUIRE(result);
  CHECK(result->state == "aborted");
  CHECK(result->duration_s == 60);  // as of the last progress
  b.lease(order.order_id);
  CHECK_FALSE(b.start(order.order_id));
  CHECK(b.bed->on_order(jws).code == LinkCode::consumed);
  b.power_on();
  CHECK(b.events("ended") == 1);
  b.bed->on_ack(ended.seq);
  b.power_on();
  CHECK(b.bed->unacknowledged().events.empty());
}

TEST_CASE("A cancel is final, also for an order that arrives after it") {
  Bench b;
  const auto order = good_order(b.code);
  const auto reply = b.bed->on_command({"Cancel", order.order_id, "c", 0});
  CHECK(reply.accepted);
  b.power_on();
  CHECK(b.bed->on_order(signed_order(order)).code == LinkCode::cancelled);
}

TEST_CASE("A torn last line of the journal is dropped; other damage puts the bed out of use") {
  Bench b;
  const auto order = good_order(b.code);
  REQUIRE(b.bed->on_order(signed_order(order)).accepted);
  const auto file = b.folder.path / "journal";
  std::ofstream(file, std::ios::app) << "{\"t\":\"consu";
  b.power_on();
  CHECK(b.state() == "accepted");
  std::ofstream(file, std::ios::app) << "nonsense\n";
  CHECK_FALSE(Journal::open(file, b.time.utc));
}
