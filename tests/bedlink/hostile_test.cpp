// SPDX-License-Identifier: MPL-2.0
// Who must not get in, and what must not be said.
#include <catch2/catch.hpp>

#include "base/interval.h"
#include "bedlink/bed_client.h"
#include "bedlink/raw_peer.h"
#include "bedlink/support.h"

using namespace facet;
using namespace facet::test;
using bedlink::Key;
using bedlink::Leaf;

namespace {

RawPeer::Credentials issued(const Leaf& leaf) {
  const auto& keys = clinic_keys();
  auto key = Key::generate().value();
  auto certificate = bedlink::issue(keys.ca, keys.ca_key, key, leaf);
  REQUIRE(certificate);
  return {*certificate, key};
}

Leaf bed_leaf() {
  return {"Facet bed", "urn:facet:bed:" + bed_id, {},
          false,       now_ms() - base::hour_ms,  now_ms() + base::day_ms};
}

std::string hello(const std::string& bed = bed_id) {
  bedlink::Hello h;
  h.bed_id = bed;
  h.boot_id = h.journal_id = "j1";
  h.fw = "test";
  h.limits = {100, 50, 3600};
  h.clock_utc_ms = now_ms();
  return bedlink::frame_text(bedlink::Call{"1", "Hello", to_json(h)});
}

struct Door {
  Clinic clinic;
  std::unique_ptr<bedlink::Gateway> gateway;
  Door() {
    clinic.allow_anybody = true;
    gateway = start_gateway(clinic);
  }
  std::string answer_to(const std::optional<RawPeer::Credentials>& credentials,
                        int highest_tls = TLS1_3_VERSION) {
    return RawPeer(gateway->port(), credentials, highest_tls).upgrade();
  }
  /// What a bed with a good certificate gets for these bytes before Hello.
  bool closes_on(const std::string& payload, unsigned char first = 0x81,
                 std::optional<std::uint64_t> claimed = {}) {
    RawPeer peer(gateway->port(), issued(bed_leaf()));
    REQUIRE(peer.upgrade() == "HTTP/1.1 101 Switching Protocols");
    peer.send_frame(payload, first, claimed);
    return peer.closed();
  }
};

}  // namespace

TEST_CASE("Only a bed's own certificate of this clinic gets in") {
  Door door;
  const auto good = issued(bed_leaf());
  CHECK(door.answer_to(good) == "HTTP/1.1 101 Switching Protocols");
  CHECK(door.answer_to({}).empty());

  SECTION("not from another authority with the same name, nor self-signed") {
    auto key = Key::generate().value();
    auto ca = bedlink::make_ca(key, "Facet clinic " + clinic_id, now_ms()).value();
    auto own = Key::generate().value();
    CHECK(
        door.answer_to(RawPeer::Credentials{issue(ca, key, own, bed_leaf()).value(), own}).empty());
    CHECK(door.answer_to(RawPeer::Credentials{ca, key}).empty());
  }
  SECTION("not before or after its time") {
    auto leaf = bed_leaf();
    leaf.not_after_ms = now_ms() - base::minute_ms;
    CHECK(door.answer_to(issued(leaf)).empty());
    leaf.not_before_ms = now_ms() + base::hour_ms;
    leaf.not_after_ms = now_ms() + base::day_ms;
    CHECK(door.answer_to(issued(leaf)).empty());
  }
  SECTION("not with another identity or usage") {
    auto leaf = bed_leaf();
    leaf.uri = "urn:facet:clinic:" + clinic_id;
    CHECK(door.answer_to(issued(leaf)).starts_with("HTTP/1.1 403"));
    CHECK(door.clinic.saw_security("no_identity"));
    leaf = bed_leaf();
    leaf.server = true;
    CHECK(door.answer_to(issued(leaf)).empty());
    const auto& keys = clinic_keys();
    CHECK(door.answer_to(RawPeer::Credentials{keys.gateway, keys.gateway_key}).empty());
    CHECK(door.answer_to(RawPeer::Credentials{keys.ca, keys.ca_key}).substr(0, 12) !=
          "HTTP/1.1 101");
  }
  SECTION("not below TLS 1.3") {
    CHECK(door.answer_to(good, TLS1_2_VERSION).empty());
  }
  SECTION("not with another subprotocol") {
    RawPeer peer(door.gateway->port(), good);
    CHECK(peer.upgrade("chat") != "HTTP/1.1 101 Switching Protocols");
  }
  SECTION("not when its key is not on the allow-list") {
    {
      const std::lock_guard lock(door.clinic.mutex);
      door.clinic.allow_anybody = false;
    }
    CHECK(door.answer_to(good).starts_with("HTTP/1.1 403"));
    CHECK(door.clinic.saw_security("not_allowed"));
  }
}

TEST_CASE("A key revoked while connected loses its socket within two seconds") {
  Door door;
  RawPeer peer(door.gateway->port(), issued(bed_leaf()));
  peer.upgrade();
  peer.send_frame(hello());
  REQUIRE(door.clinic.wait([&] { return door.clinic.online == 1; }));
  const auto revoked = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(door.clinic.mutex);
    door.clinic.allow_anybody = false;
  }
  CHECK(peer.closed());
  CHECK(std::chrono::steady_clock::now() - revoked < 2s);
  CHECK(door.clinic.wait([&] { return door.clinic.disconnected == 1; }));
}

TEST_CASE("A bed that says another bed's name is turned away") {
  Door door;
  CHECK(door.closes_on(hello(other_bed_id)));
  CHECK(door.clinic.saw_security("identity_mismatch"));
  CHECK(door.clinic.hellos == 0);
}

TEST_CASE(
    "A second connection of a bed is refused while the first answers, and replaces it if not") {
  Door door;
  const auto credentials = issued(bed_leaf());
  RawPeer first(door.gateway->port(), credentials);
  first.upgrade();
  first.send_frame(hello());
  REQUIRE(door.clinic.wait([&] { return door.clinic.online == 1; }));
  RawPeer second(door.gateway->port(), credentials);
  second.upgrade();
  second.send_frame(hello());
  SECTION("alive") {
    CHECK(eventually([&] {
      first.send_frame("", 0x8a);  // as a pong
      const std::lock_guard lock(door.clinic.mutex);
      return !door.clinic.security.empty() && door.clinic.security[0] == "duplicate";
    }));
    CHECK(second.closed());
    CHECK(door.clinic.online == 1);
  }
  SECTION("silent") {
    CHECK(door.clinic.wait([&] { return door.clinic.online == 2; }));
    CHECK(first.closed());
  }
}

TEST_CASE("What is not a bedlink frame closes the socket") {
  Door door;
  CHECK(door.closes_on("x", 0x81, 1ULL << 31));    // claims 2 GiB
  CHECK(door.closes_on(std::string(70000, ' ')));  // is too large
  CHECK(door.closes_on(hello(), 0x82));            // binary
  CHECK(door.closes_on(hello(), 0x01));            // the first of several fragments
  CHECK(door.closes_on(""));
  CHECK(door.closes_on("{}"));
  CHECK(door.closes_on("[2,\"1\",\"Hello\",{\"proto\":\"bedlink.v1\",\"proto\":\"x\"}]"));
  CHECK(door.closes_on(std::string(9, '[') + std::string(9, ']')));
  CHECK(door.closes_on("[2,\"1\",\"Events\",{}]"));  // before Hello
  CHECK(door.clinic.hellos == 0);
}

TEST_CASE("A peer that says nothing is cut after five seconds") {
  Door door;
  const auto begin = std::chrono::steady_clock::now();
  RawPeer peer(door.gateway->port(), issued(bed_leaf()));
  REQUIRE(peer.upgrade() == "HTTP/1.1 101 Switching Protocols");
  CHECK(peer.closed());
  CHECK(std::chrono::steady_clock::now() - begin < 6s);
}

TEST_CASE("A peer that drips a frame is cut five seconds after its first byte") {
  Door door;
  RawPeer peer(door.gateway->port(), issued(bed_leaf()));
  peer.upgrade();
  peer.send_frame(hello());
  REQUIRE(door.clinic.wait([&] { return door.clinic.online == 1; }));
  const auto begin = std::chrono::steady_clock::now();
  peer.send("\x81");
  CHECK(door.clinic.wait([&] { return door.clinic.disconnected == 1; }));
  const auto took = std::chrono::steady_clock::now() - begin;
  CHECK(took > 4s);
  CHECK(took < 7s);
}

TEST_CASE("A bed that floods is cut, and one that forges a result is not believed") {
  Door door;
  RawPeer peer(door.gateway->port(), issued(bed_leaf()));
  peer.upgrade();
  peer.send_frame(hello());
  REQUIRE(door.clinic.wait([&] { return door.clinic.online == 1; }));
  SECTION("flood") {
    const auto status =
        bedlink::frame_text(bedlink::Send{"Status", to_json(bedlink::BedStatus{"idle", "", {}})});
    for (int i = 0; i < 1000 && peer.send_frame(status); ++i) {
    }
    CHECK(peer.closed());
    CHECK(door.clinic.saw_security("rate"));
  }
  SECTION("forged end") {
    bedlink::SessionResult result;
    result.bed_id = bed_id;
    result.order_id = "o1";
    result.order_hash = std::string(64, '0');
    result.session_id = "s1";
    result.state = "completed";
    result.stop_cause = "done";
    bedlink::Event event;
    event.seq = 1;
    event.boot_id = "b1";
    event.order_id = "o1";
    event.type = "ended";
    event.at_utc_ms = now_ms();
    event.data["jws"] = bedlink::sign_result(Key::generate().value(), result).value();
    peer.send_frame(
        bedlink::frame_text(bedlink::Call{"2", "Events", to_json(bedlink::Events{"j1", {event}})}));
    CHECK(door.clinic.saw_security("signature"));
    CHECK(door.clinic.received == 0);
  }
}

TEST_CASE("The gateway signs out only its own orders, to beds that are there") {
  Door door;
  const auto jws = signed_order(good_order(bedlink::make_match_code()));
  CHECK(door.gateway->send_order(bed_id, jws).error().code == base::ErrorCode::unavailable);
  CHECK(door.gateway->send_order(other_bed_id, jws).error().code == base::ErrorCode::invalid);
  CHECK(door.gateway->send_order(bed_id, "a.b.c").error().code == base::ErrorCode::invalid);
  CHECK_FALSE(door.gateway->is_online(bed_id));
}

TEST_CASE("The pairing port is closed while no window is open") {
  Door door;
  auto key = Key::generate().value();
  const auto tried = bedlink::pair_with_clinic("127.0.0.1", door.gateway->pairing_port(), key,
                                               bedlink::make_pairing_code(), 2s);
  REQUIRE_FALSE(tried);
  CHECK(tried.error().code == base::ErrorCode::unavailable);
}
