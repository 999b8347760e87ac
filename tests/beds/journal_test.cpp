// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>

#include "bedlink/jws.h"
#include "beds/bed_store.h"
#include "beds/clinic.h"
#include "beds/event_store.h"
#include "beds/match_code.h"
#include "beds/session_store.h"

using namespace facet;
using namespace facet::test;
using bedlink::HelloDecision;
using beds::JournalService;
using storage::Act;

namespace {

/// A bed's own key, a lease, and an order that it accepted; no bed.
struct Bench {
  explicit Bench(const base::Clock& clock = system_clock())
      : clinic(clock),
        procedures(clinic.observations, clinic.bookings),
        journal(*clinic.acts, procedures),
        live(*clinic.acts, clinic.places),
        desk(*clinic.acts, clinic.gate, clinic.orders_service.requests.records(), clinic.bookings,
             clinic_keys().order_key),
        link(*clinic.acts, journal, desk, live, "first"),
        key(bedlink::Key::generate().value()) {
    const auto csr = bedlink::make_csr(key).value();
    certificate.emplace(
        bedlink::issue_bed(clinic_keys().ca, clinic_keys().ca_key, csr, bed_id, now_ms()).value());
    REQUIRE(clinic.acts->write(clinic.physio, [&](Act& act) -> base::Status {
      beds::allow_key(act.tx, bed_id, certificate->spki(), certificate->pem(), act.now_ms);
      return {};
    }));
    CHECK(link.is_allowed(bed_id, certificate->spki()));
    hello.bed_id = bed_id;
    hello.journal_id = "j";
    hello.boot_id = "b";
    hello.caps = {"simulated"};
    hello.limits = {150, 60, 3600};
  }

  static const base::Clock& system_clock() {
    static const base::SystemClock clock;
    return clock;
  }

  /// Signs an order for a new appointment.
  beds::Session order() {
    appointment = clinic.book();
    const auto decision = link.on_hello(hello);
    REQUIRE(decision.status == HelloDecision::Status::accepted);
    auto made = desk.sign({bed_id, "first", static_cast<std::int64_t>(decision.epoch)},
                          hello.limits, appointment);
    if (!made) FAIL(made.error().message);
    REQUIRE(*made);
    return **made;
  }

  bedlink::Event event(std::uint64_t seq, const std::string& type, const std::string& order_id) {
    bedlink::Event made;
    made.seq = seq;
    made.boot_id = "b";
    made.order_id = order_id;
    made.session_id = type == "ready" ? "" : "s";
    made.type = type;
    made.at_utc_ms = now_ms();
    made.raw = bedlink::to_json(made).dump();
    return made;
  }

  bedlink::Event ended(std::uint64_t seq, const beds::Session& session, const bedlink::Key& by) {
    bedlink::SessionResult result;
    result.bed_id = bed_id;
    result.order_id = session.order_id;
    result.order_hash = bedlink::sha256_hex(session.jws);
    result.session_id = "s";
    result.state = "stopped";
    result.stop_cause = "estop";
    result.started_ms = now_ms() - 60000;
    result.ended_ms = now_ms();
    result.duration_s = 60;
    result.zones = {{"left_lower", 30, 7, 80, 50, 60, 55}, {"right_lower", 30, 7, 80, 50, 61, 57}};
    auto made = event(seq, "ended", session.order_id);
    made.data = {{"jws", bedlink::sign_result(by, result).value()}};
    made.raw = bedlink::to_json(made).dump();
    return made;
  }

  TestClinic clinic;
  beds::ProcedureService procedures;
  JournalService journal;
  beds::LiveView live;
  beds::OrderDesk desk;
  beds::BedLink link;
  bedlink::Key key;
  std::optional<bedlink::Certificate> certificate;
  bedlink::Hello hello;
  std::string appointment;
};

/// Commits what the bed tells of its session's end, and then forgets to say so: a gateway that dies
/// in between.
class Forgetful final : public bedlink::GatewayEvents {
 public:
  explicit Forgetful(beds::BedLink& link) : link_(link) {}
  bool is_allowed(const std::string& bed, const std::string& spki) override {
    return link_.is_allowed(bed, spki);
  }
  HelloDecision on_hello(const bedlink::Hello& hello) override { return link_.on_hello(hello); }
  void on_online(const std::string& bed) override { link_.on_online(bed); }
  void on_disconnected(const std::string& bed) override { link_.on_disconnected(bed); }
  std::optional<std::uint64_t> on_events(const std::string& bed, const std::string& journal,
                                         const std::vector<bedlink::Event>& events) override {
    const auto ack = link_.on_events(bed, journal, events);
    if (!ack || events.back().type != "ended") return ack;
    forgot = true;
    return {};
  }
  void on_order_reply(const std::string& bed, const bedlink::OrderReply& reply) override {
    link_.on_order_reply(bed, reply);
  }
  void on_command_reply(const std::string& bed, const bedlink::CommandReply& reply) override {
    link_.on_command_reply(bed, reply);
  }
  bool on_ready(const std::string& bed, const std::string& order) override {
    return link_.on_ready(bed, order);
  }
  void on_status(const std::string& bed, const bedlink::BedStatus& status) override {
    link_.on_status(bed, status);
  }
  void on_lease_echo(const std::string& bed, const bedlink::LeaseEcho& echo) override {
    link_.on_lease_echo(bed, echo);
  }
  void on_security_event(const std::string& bed, const std::string& type) override {
    link_.on_security_event(bed, type);
  }
  std::atomic<bool> forgot{false};

 private:
  beds::BedLink& link_;
};

}  // namespace

TEST_CASE("events that come again are taken once") {
  Bench bench;
  const auto session = bench.order();
  const std::vector<bedlink::Event> events{bench.event(1, "ready", session.order_id),
                                           bench.event(2, "started", session.order_id),
                                           bench.ended(3, session, bench.key)};
  for (int i = 0; i < 3; ++i) {
    const auto taken = bench.journal.take(bed_id, "j", events, true);
    REQUIRE(taken);
    CHECK(taken->ack_through == 3);
    CHECK_FALSE(taken->contradicted);
  }
  CHECK(bench.clinic.number("select count(*) from bed_event") == 3);
  CHECK(bench.clinic.number("select count(*) from procedure") == 1);
  CHECK(bench.clinic.text("select status from procedure") == "stopped");
  CHECK(bench.clinic.number("select count(*) from observation") == 4);
  CHECK(bench.clinic.text("select state from bed_session") == "stopped");
}

TEST_CASE("a result that another key signed is not taken, nor is anything that came with it") {
  Bench bench;
  const auto session = bench.order();
  const auto stranger = bedlink::Key::generate().value();
  CHECK_FALSE(bench.link.on_events(
      bed_id, "j", {bench.event(1, "ready", session.order_id), bench.ended(2, session, stranger)}));
  CHECK(bench.clinic.number("select count(*) from bed_event") == 0);
  CHECK(bench.clinic.number("select count(*) from procedure") == 0);
  CHECK(bench.clinic.text("select reason from audit_event where outcome = '4'") != "");
}

TEST_CASE("a bed that tells two things under one number is quarantined until it is paired again") {
  Bench bench;
  const auto session = bench.order();
  REQUIRE(bench.link.on_events(bed_id, "j", {bench.event(1, "ready", session.order_id)}) == 1u);
  CHECK(bench.link.on_events(bed_id, "j", {bench.event(1, "started", session.order_id)}) == 1u);
  CHECK(bench.clinic.text("select state from bed_session") == "ready");
  CHECK(bench.link.on_hello(bench.hello).status == HelloDecision::Status::quarantined);
}

TEST_CASE("events that a restored clinic lost leave a note, and the bed goes on") {
  Bench bench;
  const auto session = bench.order();
  REQUIRE(bench.link.on_events(bed_id, "j", {bench.event(7, "ready", session.order_id)}) == 7u);
  CHECK(bench.clinic.number("select number from bed_event where type = 'gap'") == 6);
}

TEST_CASE("only the gateway that holds a bed's lease signs orders for it") {
  base::FakeClock clock(now_ms());
  Bench bench(clock);
  beds::BedLink second(*bench.clinic.acts, bench.journal, bench.desk, bench.live, "second");
  const auto mine = bench.link.on_hello(bench.hello);
  REQUIRE(mine.epoch == 1);
  CHECK(second.on_hello(bench.hello).status == HelloDecision::Status::pending);

  clock.advance_ms(16000);
  const auto theirs = second.on_hello(bench.hello);
  REQUIRE(theirs.status == HelloDecision::Status::accepted);
  CHECK(theirs.epoch == 2);
  CHECK(bench.link.on_hello(bench.hello).status == HelloDecision::Status::pending);

  const auto appointment = bench.clinic.book();
  const auto stale = bench.desk.sign({bed_id, "first", 1}, bench.hello.limits, appointment);
  REQUIRE_FALSE(stale);
  CHECK(stale.error().code == base::ErrorCode::conflict);
  const auto good = bench.desk.sign({bed_id, "second", 2}, bench.hello.limits, appointment);
  REQUIRE(good);
  CHECK(*good);

  second.on_disconnected(bed_id);  // lets go at once
  CHECK(bench.link.on_hello(bench.hello).epoch == 3);
}

TEST_CASE("one folder of keys serves one gateway") {
  TestClinic clinic(Bench::system_clock());
  beds::BedService first(clinic.needs(), clinic.settings());
  beds::BedService second(clinic.needs(), clinic.settings());
  REQUIRE(first.start());
  CHECK_FALSE(second.start());
  first.stop();
  CHECK(second.start());
}

TEST_CASE("a gateway that dies between the commit and its acknowledgement records one procedure") {
  Bench bench;
  auto keys = clinic_keys();
  Forgetful events(bench.link);
  bedlink::GatewayOptions options;
  auto gateway = bedlink::Gateway::start(options, keys, events, Bench::system_clock()).value();
  const auto port = gateway->port();
  bench.link.start(*gateway);
  Folder folder;
  BedProcess bed(folder.path, port, gateway->pairing_port(), {"--time-scale", "1000"});
  std::string shown;
  REQUIRE(eventually([&] { return !(shown = bed.status()["pairing_code"]).empty(); }));
  const auto paired = gateway->pair(bed_id, shown, 15s);
  REQUIRE(paired);
  REQUIRE(bench.clinic.acts->write(bench.clinic.physio, [&](Act& act) -> base::Status {
    beds::allow_key(act.tx, bed_id, paired->spki, paired->certificate, act.now_ms);
    return {};
  }));
  bench.clinic.book();
  REQUIRE(
      eventually([&] { return bench.clinic.text("select state from bed_session") == "accepted"; }));
  std::string code;
  REQUIRE(bench.clinic.acts->read(bench.clinic.physio, [&](Act& act) -> base::Status {
    const auto id = std::get<0>(*act.tx.query_one<std::string>("select id from bed_order"));
    code = beds::open_match_code(act, beds::find_session(act.tx, id).value());
    return {};
  }));
  bed.control("lie_down");
  REQUIRE(bed.control("code " + code)["ok"] == true);
  REQUIRE(eventually([&] { return bed.control("press")["ok"] == true; }));
  REQUIRE(eventually([&] { return events.forgot.load(); }));
  CHECK(bed.status()["unacknowledged"] > 0);
  bench.link.stop();
  gateway->stop();
  gateway.reset();

  // The next life of the gateway: same address, same keys.
  beds::BedLink link(*bench.clinic.acts, bench.journal, bench.desk, bench.live, "first");
  options.port = port;
  auto again = bedlink::Gateway::start(options, keys, link, Bench::system_clock()).value();
  link.start(*again);
  CHECK(eventually([&] { return bed.status()["unacknowledged"] == 0; }, 30s));
  CHECK(bench.clinic.number("select count(*) from procedure") == 1);
  CHECK(bench.clinic.number("select count(*) from bed_event where type = 'ended'") == 1);
  CHECK(bench.clinic.number("select count(*) from observation") == 4);
  link.stop();
  again->stop();
}
