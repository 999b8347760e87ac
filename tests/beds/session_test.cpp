// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>
#include <thread>

#include "beds/bed_store.h"
#include "beds/clinic.h"

using namespace facet;
using namespace facet::test;
using base::Json;

namespace {

const base::SystemClock system_clock;

/// Keeps what a live view writes; reads until it is told to leave.
class Reader final : public rest::Response {
 public:
  void begin(int http_status) override { status = http_status; }
  void header(std::string_view, std::string_view) override {}
  bool write(std::string_view chunk) override {
    const std::lock_guard lock(mutex_);
    text_ += chunk;
    return !leaves;
  }
  bool flush() override { return !leaves; }
  std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }
  bool saw(const std::string& part) const { return text().find(part) != std::string::npos; }

  std::atomic<int> status{0};
  std::atomic<bool> leaves{false};

 private:
  mutable std::mutex mutex_;
  std::string text_;
};

/// One clinic, its beds' service, its routes, and facet-bed at the other end.
struct Room {
  explicit Room(std::vector<std::string> bed_options = {"--time-scale", "1000"})
      : clinic(system_clock), service(make()) {
    bed.emplace(bed_folder.path, service->port(), service->pairing_port(), bed_options);
    REQUIRE(pair(*service, clinic, *bed));
  }

  std::unique_ptr<beds::BedService> make(std::uint16_t port = 0, std::uint16_t pairing = 0) {
    auto made = std::make_unique<beds::BedService>(clinic.needs(), clinic.settings(port, pairing));
    const auto started = made->start();
    if (!started) FAIL(started.error().message);
    return made;
  }

  std::string session_state() {
    return clinic.text("select state from bed_session order by changed_ms desc, order_id desc");
  }
  bool becomes(const std::string& state) {
    const bool so = eventually([&] { return session_state() == state; });
    if (!so) UNSCOPED_INFO("the session is " << session_state());
    return so;
  }

  /// The match code as staff see it.
  std::string code() {
    rest::FhirServer fhir(*clinic.acts);
    rest::Router router;
    service->mount(fhir, router);
    Reader reader;
    const auto path = "/live/beds/" + bed_id;
    rest::Request request{"GET", path, {}, {}, "", clinic.physio, true};
    std::thread watcher([&] { router.dispatch(request, reader); });
    eventually(
        [&] { return reader.saw("\"match_code\":\"") && !reader.saw("\"match_code\":\"\""); });
    reader.leaves = true;
    watcher.join();
    const auto text = reader.text();
    const auto at = text.rfind("\"match_code\":\"");
    REQUIRE(at != std::string::npos);
    return text.substr(at + 14, 4);
  }

  /// Everything that a person does for a session to start.
  void lie_down_and_start() {
    bed->control("lie_down");
    REQUIRE(bed->control("code " + code())["ok"] == true);
    REQUIRE(eventually([&] { return bed->control("press")["ok"] == true; }));
  }

  TestClinic clinic;
  Folder bed_folder;
  std::unique_ptr<beds::BedService> service;
  std::optional<BedProcess> bed;
};

}  // namespace

TEST_CASE("a booked session is ordered, started by the patient only, and recorded once") {
  Room room;
  const auto appointment = room.clinic.book();
  REQUIRE(room.becomes("accepted"));

  CHECK(room.bed->control("press")["ok"] == false);  // nobody there
  const auto code = room.code();
  CHECK(room.bed->control("code " + code)["ok"] == false);
  room.bed->control("lie_down");
  CHECK(room.bed->control("press")["ok"] == false);  // no code
  CHECK(room.bed->control("code " + code)["ok"] == true);
  CHECK(room.becomes("ready"));
  CHECK(room.bed->status()["state"] == "ready");  // it waits for the button
  REQUIRE(eventually([&] { return room.bed->control("press")["ok"] == true; }));
  REQUIRE(room.becomes("completed"));

  CHECK(room.clinic.number("select count(*) from procedure") == 1);
  CHECK(room.clinic.text("select status from procedure") == "completed");
  CHECK(room.clinic.number("select delivered_s from procedure") == 1200);
  CHECK(room.clinic.number("select simulated from procedure") == 1);
  CHECK(room.clinic.number("select peak_force_n from procedure") <= 80);
  CHECK(room.clinic.number("select count(*) from observation where code like 'tension-%' and "
                           "procedure_id = (select id from procedure)") == 4);
  CHECK(room.clinic.text("select status from appointment where id = '" + appointment +
                         "' order by version desc") == "fulfilled");
  CHECK(room.clinic.number("select count(*) from audit_event where principal = 'device:" + bed_id +
                           "' and resource_type = 'Procedure'") == 1);
}

TEST_CASE("a bed that no patient lies on is never set in motion by an order") {
  Room room;
  room.clinic.book();
  REQUIRE(room.becomes("accepted"));
  const auto status = room.bed->control("press");
  CHECK(status["ok"] == false);
  CHECK(status["state"] == "accepted");
  CHECK(room.clinic.number("select count(*) from bed_event where type = 'started'") == 0);
}

TEST_CASE("nothing personal is in what the bed was sent") {
  Room room;
  room.clinic.book();
  REQUIRE(room.becomes("accepted"));
  const auto order = beds::order_in(room.clinic.text("select jws from bed_order")).value();
  const auto text = bedlink::order_text(order);
  CHECK(text.find(room.clinic.patient_id) == std::string::npos);
  CHECK(text.find("Canary") == std::string::npos);
  CHECK(order.regions == std::vector<std::string>{"left_lower", "right_lower"});
  CHECK(order.duration_s == 1200);
  CHECK(order.epoch == 1);
  CHECK(order.counter == 1);
}

TEST_CASE("a cancelled appointment takes its order back from the bed") {
  Room room;
  const auto appointment = room.clinic.book();
  REQUIRE(room.becomes("accepted"));
  const auto code = room.code();
  room.clinic.cancel(appointment);
  REQUIRE(room.becomes("cancelled"));
  room.bed->control("lie_down");
  CHECK(room.bed->control("code " + code)["ok"] == false);
  CHECK(room.clinic.number("select count(*) from procedure") == 0);
}

TEST_CASE("cancelling during a session stops the bed") {
  Room room({"--time-scale", "1"});
  const auto appointment = room.clinic.book();
  REQUIRE(room.becomes("accepted"));
  room.lie_down_and_start();
  REQUIRE(room.becomes("running"));
  room.clinic.cancel(appointment);
  REQUIRE(room.becomes("stopped"));
  CHECK(room.clinic.number("select count(*) from procedure") == 1);
  CHECK(room.clinic.text("select stop_cause from procedure") == "remote_stop");
}

TEST_CASE("a gate that closed after the order was signed keeps the bed at rest") {
  Room room;
  room.clinic.book();
  REQUIRE(room.becomes("accepted"));
  const auto code = room.code();
  room.clinic.gate.open = false;
  room.bed->control("lie_down");
  REQUIRE(room.bed->control("code " + code)["ok"] == true);
  REQUIRE(room.becomes("cancelled"));
  CHECK(room.clinic.gate.asked_when_ready >= 1);
  CHECK(room.bed->control("press")["ok"] == false);
}

TEST_CASE("a closed gate signs nothing, and is asked again when the appointment changes") {
  Room room;
  room.clinic.gate.open = false;
  const auto appointment = room.clinic.book();
  REQUIRE(eventually([&] { return room.clinic.gate.asked_when_signing > 0; }));
  CHECK(room.clinic.number("select count(*) from bed_order") == 0);
  room.clinic.cancel(appointment);
  room.clinic.gate.open = true;
  room.clinic.book();
  CHECK(room.becomes("accepted"));
  CHECK(room.clinic.number("select count(*) from bed_order") == 1);
}

TEST_CASE("a bed whose key is revoked is cut off") {
  Room room;
  REQUIRE(room.service->unpair(room.clinic.physio, bed_id));
  CHECK(eventually([&] { return room.bed->status()["connected"] == false; }, 3s));
  CHECK(eventually([&] {
    return room.clinic.number(
               "select count(*) from audit_event where outcome = '4' and "
               "resource_type = 'Device'") > 0;
  }));
}

TEST_CASE("only who may pair beds pairs one, and only a bed that is there") {
  Room room;
  const base::Principal reception{"r", {"reception"}, "", ""};
  CHECK(room.service->pair(reception, bed_id, "ABCDE12345", 1s).error().code ==
        base::ErrorCode::denied);
  CHECK(room.service
            ->pair(room.clinic.physio, "0199a000-0000-7000-8000-0000000000ff", "ABCDE12345", 1s)
            .error()
            .code == base::ErrorCode::not_found);
}

TEST_CASE("the live view resumes without telling anything twice") {
  Room room;
  room.clinic.book();
  REQUIRE(room.becomes("accepted"));
  rest::FhirServer fhir(*room.clinic.acts);
  rest::Router router;
  room.service->mount(fhir, router);
  const auto path = "/live/beds/" + bed_id;
  const auto watch = [&](rest::Pairs headers, const base::Principal& who, auto during) {
    auto reader = std::make_unique<Reader>();
    rest::Request request{"GET", path, {}, std::move(headers), "", who, true};
    std::thread watcher([&] { router.dispatch(request, *reader); });
    during(*reader);
    reader->leaves = true;
    watcher.join();
    return reader;
  };
  const auto first = watch({}, room.clinic.physio, [](Reader& reader) {
    CHECK(eventually([&] { return reader.saw("\"state\":\"accepted\""); }));
  });
  const auto text = first->text();
  CHECK(first->status == 200);
  CHECK(text.find("event: bed\ndata: {\"device_id\":\"" + bed_id + "\",\"online\":true") !=
        std::string::npos);
  CHECK(text.find("Canary") == std::string::npos);
  const auto id_at = text.rfind("id: ") + 4;
  const auto id = text.substr(id_at, text.find('\n', id_at) - id_at);

  const auto second = watch({{"last-event-id", id}}, room.clinic.physio, [&](Reader& reader) {
    CHECK(eventually([&] { return reader.saw(":\n\n"); }));  // it waits
    CHECK_FALSE(reader.saw("data:"));
    room.lie_down_and_start();
    CHECK(eventually([&] { return reader.saw("\"state\":\"completed\""); }));
  });
  CHECK(second->text().find("\"state\":\"accepted\"") == std::string::npos);
  CHECK(second->text().find("\"state\":\"ready\"") != std::string::npos);

  const auto nobody = watch({}, base::Principal{"x", {"stranger"}, "", ""}, [](Reader& reader) {
    CHECK(eventually([&] { return reader.status != 0; }));
  });
  CHECK(nobody->status == 403);
}

TEST_CASE("stopping joins everything within three seconds") {
  Room room;
  rest::FhirServer fhir(*room.clinic.acts);
  rest::Router router;
  room.service->mount(fhir, router);
  Reader reader;
  const auto path = "/live/beds/" + bed_id;
  rest::Request request{"GET", path, {}, {}, "", room.clinic.physio, true};
  std::thread watcher([&] { router.dispatch(request, reader); });
  std::thread pairing(
      [&] { (void)room.service->pair(room.clinic.physio, other_bed_id, "ABCDE23456", 24s); });
  CHECK(eventually([&] { return reader.saw("data:"); }));
  const auto begun = std::chrono::steady_clock::now();
  room.service->stop();
  watcher.join();
  pairing.join();
  CHECK(std::chrono::steady_clock::now() - begun < 3s);
  CHECK(room.clinic.number("select expires_ms from bed_lease") == 0);
}
