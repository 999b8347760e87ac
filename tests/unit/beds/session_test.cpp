// SPDX-License-Identifier: MPL-2.0
#include "beds/session.h"

#include <catch2/catch.hpp>

#include "beds/dosage.h"

using namespace facet;
using namespace facet::beds;

namespace {

constexpr std::int64_t now_ms = 1'800'000'000'000;

Session session(const std::string& state, std::int64_t not_before_ms, std::int64_t changed_ms) {
  Session made;
  made.order_id = state + std::to_string(not_before_ms - now_ms);
  made.state = state;
  made.not_before_ms = not_before_ms;
  made.changed_ms = changed_ms;
  return made;
}

orders::ServiceRequest request() {
  orders::ServiceRequest made;
  made.zones = "left_upper,right_mid";
  made.strength = 5;
  made.speed = 1;
  made.minutes = 20;
  made.requester_id = "p";
  return made;
}

scheduling::Appointment appointment() {
  scheduling::Appointment made;
  made.device_id = "bed";
  made.start_ms = now_ms + 3'600'000;
  made.end_ms = made.start_ms + 1'200'000;
  return made;
}

}  // namespace

TEST_CASE("a session follows the bed's journal") {
  CHECK(state_after("accepted", "ready") == "ready");
  CHECK(state_after("ready", "left_ready") == "accepted");
  CHECK(state_after("ready", "started") == "running");
  CHECK(state_after("running", "paused") == "paused");
  CHECK(state_after("paused", "resumed") == "running");
  CHECK(state_after("accepted", "missed") == "missed");
  CHECK(state_after("ordered", "cancelled") == "cancelled");
  CHECK_FALSE(state_after("running", "progress"));
  CHECK_FALSE(state_after("running", "something_new"));
}

TEST_CASE("what has ended stays as it ended") {
  for (const char* state : {"completed", "stopped", "aborted", "missed", "cancelled", "refused"})
    for (const char* event : {"ready", "started", "resumed", "missed", "cancelled"})
      CHECK_FALSE(state_after(state, event));
}

TEST_CASE("a bed's screen shows who lies on it, else what just ended, else who comes next") {
  const auto next = session("accepted", now_ms + 60'000, now_ms - 1000);
  const auto later = session("accepted", now_ms + 600'000, now_ms);
  const auto runs = session("running", now_ms - 60'000, now_ms - 50'000);
  const auto fresh = session("completed", now_ms - 90'000, now_ms - 5'000);
  const auto old = session("stopped", now_ms - 90'000, now_ms - 60'000);
  CHECK(shown_session({}, now_ms) == nullptr);
  CHECK(shown_session({next, fresh, runs}, now_ms)->state == "running");
  CHECK(shown_session({next, fresh, old}, now_ms)->state == "completed");
  CHECK(shown_session({later, next, old}, now_ms)->order_id == next.order_id);
  CHECK(shown_session({old}, now_ms)->state == "stopped");
}

TEST_CASE("an order says what was ordered, in the bed's terms") {
  const auto order = draft_order(request(), appointment(), {500, 500, 7200}, now_ms).value();
  CHECK(order.regions == std::vector<std::string>{"left_upper", "right_mid"});
  CHECK(order.duration_s == 1200);
  CHECK(order.max_force_n == 120);
  CHECK(order.ramp_n_s == 10);
  CHECK(order.not_before_ms == appointment().start_ms - 540'000);
  CHECK(order.not_after_ms == appointment().end_ms);
  CHECK(order.attested_by == "p");
  CHECK(order.mode == "supervised");
}

TEST_CASE("an order never asks for more than the bed's limits") {
  const auto order = draft_order(request(), appointment(), {70, 5, 600}, now_ms).value();
  CHECK(order.max_force_n == 70);
  CHECK(order.ramp_n_s == 5);
  CHECK(order.duration_s == 600);
}

TEST_CASE("every step of strength and speed is more than the one before") {
  const bedlink::Limits wide{500, 500, 7200};
  for (int i = 1; i < 5; ++i) {
    CHECK(dosage(i, 1, wide).max_force_n < dosage(i + 1, 1, wide).max_force_n);
    CHECK(dosage(1, i, wide).ramp_n_s < dosage(1, i + 1, wide).ramp_n_s);
  }
}

TEST_CASE("what is over is not ordered") {
  CHECK_FALSE(draft_order(request(), appointment(), {150, 60, 3600}, appointment().end_ms));
}
