// SPDX-License-Identifier: MPL-2.0
// The session: local controls, motion and time. The link's side is in bed_link.cpp.
#include "bed-simulator/bed.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "base/time_text.h"
#include "base/uuid.h"
#include "bedlink/jws.h"

namespace facet::bed_simulator {

using base::Json;
using bedlink::LinkCode;

namespace {

constexpr std::int64_t press_ms = 500;
constexpr std::int64_t ready_ms = 60 * 1000;
constexpr std::int64_t longest_pause_ms = 120 * 1000;
constexpr std::int64_t longest_tick_ms = 500;  // a stalled program does not catch up on force
constexpr std::int64_t progress_every_s = 60;
constexpr std::int64_t trusted_skew_ms = 30 * 1000;
constexpr std::size_t kept_refusals = 50;

const LocalAnswer done{true, "", ""};

}  // namespace

/// A bed that cannot write its journal is at fault and at rest, and stays so.
template <class Act>
auto Bed::guarded(Act act) -> decltype(act()) {
  const std::lock_guard lock(mutex_);
  try {
    return act();
  } catch (const std::exception&) {
    fault_ = true;
    phase_ = Phase::idle;
    session_.reset();
    order_id_.clear();
    if constexpr (std::is_same_v<decltype(act()), LocalAnswer>)
      return LocalAnswer{false, "FAULT", "The bed is out of order."};
    else
      return decltype(act())();
  }
}

Bed::Bed(Journal journal, const BedOptions& options, const BedTime& time)
    : journal_(std::move(journal)),
      options_(options),
      time_(time),
      boot_id_(base::uuid_v7(time.utc_ms())),
      last_tick_ms_(time.mono_ms()) {}

void Bed::set_identity(const bedlink::BedIdentity& identity) {
  guarded([&] {
    auto key = bedlink::Key::from_private_pem(identity.key_pem);
    auto order_key = bedlink::Key::from_public_pem(identity.order_key_pem);
    if (!key || !order_key) return;
    identity_ = identity;
    key_ = *key;
    order_key_ = *order_key;
    abort_after_restart();
  });
}

LocalAnswer Bed::refuse(LinkCode code, const char* what, const char* text) {
  refusals_.push_back({{"at", base::instant_text(time_.utc_ms())},
                       {"what", what},
                       {"code", bedlink::code_text(code)},
                       {"text", text}});
  if (refusals_.size() > kept_refusals) refusals_.pop_front();
  return {false, std::string(bedlink::code_text(code)), text};
}

void Bed::record(const char* type, const std::string& order_id, const std::string& session_id,
                 const char* cause, Json data) {
  bedlink::Event event;
  event.boot_id = boot_id_;
  event.order_id = order_id;
  event.session_id = session_id;
  event.type = type;
  event.at_utc_ms = time_.utc_ms();
  event.mono_ms = time_.mono_ms();
  event.cause = cause;
  event.offline = !connected_;
  event.data = std::move(data);
  journal_.add(std::move(event));
  news();
}

LocalAnswer Bed::lie_down() {
  return guarded([&] {
    present_ = true;
    return done;
  });
}

LocalAnswer Bed::get_up() {
  return guarded([&] {
    present_ = false;
    if (phase_ == Phase::paused) left_while_paused_ = true;
    if (phase_ == Phase::ready) leave_ready("presence");
    if (phase_ == Phase::running) pause_session("presence");
    return done;
  });
}

bool Bed::clock_trusted() const {
  return clock_error_ms_ && std::abs(*clock_error_ms_) <= trusted_skew_ms;
}

/// Why an accepted order may not start now.
std::optional<LinkCode> Bed::timing(const Held& held) const {
  const auto utc = time_.utc_ms();
  const auto age = time_.mono_ms() >= held.accepted_mono_ms
                       ? time_.mono_ms() - held.accepted_mono_ms
                       : utc - held.accepted_utc_ms;
  if (utc < held.order.not_before_ms) return LinkCode::too_early;
  if (utc >= held.order.not_after_ms || age > held.order.ttl_s * 1000) return LinkCode::expired;
  return {};
}

LocalAnswer Bed::enter_code(const std::string& code) {
  return guarded([&] {
    if (estop_) return refuse(LinkCode::estop, "code", "The emergency stop is pressed.");
    if (fault_) return refuse(LinkCode::fault, "code", "The bed is out of order.");
    if (phase_ != Phase::idle) return refuse(LinkCode::busy, "code", "A code was entered already.");
    if (!present_) return refuse(LinkCode::state, "code", "Nobody lies on the bed.");
    LinkCode why = LinkCode::state;
    for (const auto& [id, held] : journal_.orders()) {
      if (held.state != "accepted" ||
          !bedlink::matches(code, held.order.match_code_salt, held.order.match_code_hash))
        continue;
      if (const auto reason = timing(held)) {
        why = *reason;
        continue;
      }
      phase_ = Phase::ready;
      phase_since_ms_ = time_.mono_ms();
      order_id_ = id;
      lease_until_ms_ = 0;
      record("ready", id, "", "");
      return done;
    }
    return refuse(why, "code", "No order with this code may start now.");
  });
}

void Bed::leave_ready(const char* cause) {
  record("left_ready", order_id_, "", cause);
  phase_ = Phase::idle;
  order_id_.clear();
}

LocalAnswer Bed::press(std::int64_t held_ms) {
  return guarded([&] {
    if (held_ms < press_ms)
      return refuse(LinkCode::state, "press", "The button must be held for half a second.");
    return phase_ == Phase::paused ? try_resume() : try_start();
  });
}

LocalAnswer Bed::try_start() {
  const char* what = "press";
  if (fault_) return refuse(LinkCode::fault, what, "The bed is out of order.");
  if (estop_) return refuse(LinkCode::estop, what, "The emergency stop is pressed.");
  if (phase_ == Phase::running) return refuse(LinkCode::busy, what, "The session is running.");
  if (!present_) return refuse(LinkCode::state, what, "Nobody lies on the bed.");
  if (phase_ != Phase::ready) return refuse(LinkCode::state, what, "Enter the code first.");
  if (!clock_trusted())
    return refuse(LinkCode::clock_untrusted, what, "The bed's clock differs from the clinic's.");
  if (!connected_ || !leased())
    return refuse(LinkCode::not_accepted, what, "The clinic's link does not allow a start.");
  const auto held = journal_.orders().find(order_id_);
  if (held == journal_.orders().end() || held->second.state != "accepted")
    return refuse(LinkCode::consumed, what, "The order was used or cancelled.");
  if (const auto reason = timing(held->second))
    return refuse(*reason, what, "The order is not valid at this time.");
  begin(held->second);
  return done;
}

/// The used-up flag is on the disk before anything moves.
void Bed::begin(const Held& held) {
  const auto order = held.order;
  const auto limits = effective(order);
  const auto session_id = base::uuid_v7(time_.utc_ms());
  journal_.consume(order.order_id, session_id);
  session_.emplace(Session{order.order_id, session_id,
                           Treatment(order.regions, limits.duration_s, limits.max_force_n,
                                     limits.ramp_n_s, order.patient_ref),
                           time_.utc_ms(), 0, progress_every_s});
  journal_.snapshot(result("aborted", "restart"));
  record("started", order.order_id, session_id, "local_button");
  phase_ = Phase::running;
  phase_since_ms_ = time_.mono_ms();
}

LocalAnswer Bed::try_resume() {
  const char* what = "press";
  if (estop_) return refuse(LinkCode::estop, what, "The emergency stop is pressed.");
  if (!present_) return refuse(LinkCode::state, what, "Nobody lies on the bed.");
  if (!connected_ || !leased())
    return refuse(LinkCode::not_accepted, what, "The clinic's link does not allow motion.");
  record("resumed", session_->order_id, session_->session_id, "local_button");
  phase_ = Phase::running;
  phase_since_ms_ = time_.mono_ms();
  return done;
}

LocalAnswer Bed::pause() {
  return guarded([&] {
    if (phase_ == Phase::running) pause_session("local_pause");
    return done;
  });
}

LocalAnswer Bed::stop() {
  return guarded([&] {
    if (session_) end_session("stopped", "local_stop");
    if (phase_ == Phase::ready) leave_ready("local_stop");
    return done;
  });
}

LocalAnswer Bed::emergency_stop() {
  return guarded([&] {
    estop_ = true;
    if (session_) end_session("stopped", "estop");
    if (phase_ == Phase::ready) leave_ready("estop");
    news();
    return done;
  });
}

LocalAnswer Bed::release_emergency_stop() {
  return guarded([&] {
    estop_ = false;
    news();
    return done;
  });
}

/// Fingers back first, then the books.
void Bed::pause_session(const char* cause) {
  session_->treatment.retract();
  phase_ = Phase::paused;
  phase_since_ms_ = time_.mono_ms();
  left_while_paused_ = !present_;
  record("paused", session_->order_id, session_->session_id, cause);
}

void Bed::end_session(const char* state, const char* cause) {
  session_->treatment.retract();
  phase_ = Phase::idle;
  auto ended = result(state, cause);
  session_.reset();
  order_id_.clear();
  record_end(std::move(ended));
}

bedlink::SessionResult Bed::result(const char* state, const char* cause) const {
  const auto& t = session_->treatment;
  const auto& held = journal_.orders().at(session_->order_id);
  bedlink::SessionResult r;
  r.bed_id = held.order.bed_id;
  r.order_id = session_->order_id;
  r.order_hash = held.hash;
  r.session_id = session_->session_id;
  r.state = state;
  r.stop_cause = cause;
  r.started_ms = session_->started_utc_ms;
  r.ended_ms = time_.utc_ms();
  r.duration_s = t.elapsed_s();
  r.paused_s = session_->paused_ms / 1000;
  r.peak_force_n = t.peak_force_n();
  r.mean_force_n = t.mean_force_n();
  r.zones = t.zones();
  return r;
}

void Bed::record_end(bedlink::SessionResult ended) {
  const auto jws = bedlink::sign_result(*key_, ended);
  if (!jws) throw std::runtime_error("the result cannot be signed");
  record("ended", ended.order_id, ended.session_id, ended.stop_cause.c_str(), Json{{"jws", *jws}});
  journal_.set_state(ended.order_id, ended.state);
}

/// A crash between the end event and its state must not make a second end.
void Bed::abort_after_restart() {
  const auto running = std::find_if(journal_.orders().begin(), journal_.orders().end(),
                                    [](const auto& o) { return o.second.state == "running"; });
  if (running == journal_.orders().end() || session_) return;
  const Held held = running->second;
  const auto& outbox = journal_.outbox();
  const auto ended = std::find_if(outbox.begin(), outbox.end(), [&](const auto& e) {
    return e.type == "ended" && e.session_id == held.session_id;
  });
  if (ended != outbox.end()) {
    const auto signed_end = bedlink::verify_result(*key_, ended->data.at("jws").get<std::string>());
    journal_.set_state(held.order.order_id, signed_end ? signed_end->state : "stopped");
    return;
  }
  bedlink::SessionResult r;
  if (journal_.last_snapshot() && journal_.last_snapshot()->session_id == held.session_id) {
    r = *journal_.last_snapshot();
  } else {
    r.bed_id = held.order.bed_id;
    r.order_id = held.order.order_id;
    r.order_hash = held.hash;
    r.session_id = held.session_id;
    r.started_ms = time_.utc_ms();
  }
  r.state = "aborted";
  r.stop_cause = "restart";
  r.ended_ms = time_.utc_ms();
  record_end(std::move(r));
}

void Bed::tick() {
  guarded([&] {
    const auto now = time_.mono_ms();
    const auto passed = std::clamp<std::int64_t>(now - last_tick_ms_, 0, longest_tick_ms);
    const auto in_phase = now - phase_since_ms_;
    if (phase_ == Phase::paused) session_->paused_ms += now - last_tick_ms_;
    last_tick_ms_ = now;
    if (phase_ == Phase::ready && in_phase >= ready_ms) leave_ready("no_press");
    if (phase_ == Phase::paused && in_phase >= longest_pause_ms)
      end_session("stopped", "pause_timeout");
    if (phase_ == Phase::running && !leased()) pause_session("lease_lost");
    if (phase_ == Phase::running) run_treatment(passed);
    expire_orders();
  });
}

void Bed::run_treatment(std::int64_t passed_ms) {
  auto& t = session_->treatment;
  t.advance_ms(static_cast<std::int64_t>(static_cast<double>(passed_ms) * options_.time_scale));
  if (t.done()) return end_session("completed", "done");
  if (t.elapsed_s() < session_->next_progress_s) return;
  session_->next_progress_s = t.elapsed_s() + progress_every_s;
  journal_.snapshot(result("aborted", "restart"));
  record("progress", session_->order_id, session_->session_id, "",
         {{"elapsed_s", t.elapsed_s()},
          {"duration_s", t.duration_s()},
          {"zone", t.zone()},
          {"peak_force_n", t.peak_force_n()},
          {"mean_force_n", t.mean_force_n()}});
}

void Bed::expire_orders() {
  std::vector<std::string> missed;
  for (const auto& [id, held] : journal_.orders())
    if (held.state == "accepted" && id != order_id_ && time_.utc_ms() >= held.order.not_after_ms)
      missed.push_back(id);
  for (const auto& id : missed) {
    journal_.set_state(id, "missed");
    record("missed", id, "", "not_after");
  }
}

void Bed::shut_down() {
  guarded([&] {
    if (session_) end_session("aborted", "power_off");
  });
}

const char* Bed::phase_text() const {
  switch (phase_) {
    case Phase::ready:
      return "ready";
    case Phase::running:
      return "running";
    case Phase::paused:
      return "paused";
    case Phase::idle:
      break;
  }
  const auto& orders = journal_.orders();
  const bool waits = std::any_of(orders.begin(), orders.end(),
                                 [](const auto& o) { return o.second.state == "accepted"; });
  return waits ? "accepted" : "idle";
}

void Bed::show_pairing_code(const std::string& code) {
  guarded([&] { pairing_code_ = code; });
}

Json Bed::describe() {
  return guarded([&] {
    Json json;
    json["state"] = phase_text();
    json["paired"] = identity_.has_value();
    json["bed_id"] = identity_ ? identity_->bed_id : "";
    json["pairing_code"] = pairing_code_;
    json["connected"] = connected_;
    json["leased"] = leased();
    json["present"] = present_;
    json["estop"] = estop_;
    json["fault"] = fault_;
    json["order_id"] = order_id_;
    json["zone"] = session_ ? session_->treatment.zone() : "";
    json["force_n"] = session_ ? session_->treatment.force_n() : 0;
    json["peak_force_n"] = session_ ? session_->treatment.peak_force_n() : 0;
    json["elapsed_s"] = session_ ? session_->treatment.elapsed_s() : 0;
    json["duration_s"] = session_ ? session_->treatment.duration_s() : 0;
    json["limits"] = {{"max_force_n", options_.limits.max_force_n},
                      {"max_ramp_n_s", options_.limits.max_ramp_n_s},
                      {"max_session_s", options_.limits.max_session_s}};
    json["orders"] = Json::array();
    for (const auto& [id, held] : journal_.orders())
      json["orders"].push_back({{"order_id", id}, {"state", held.state}});
    json["unacknowledged"] = journal_.outbox().size();
    json["refusals"] = Json::array();
    for (const auto& refusal : refusals_) json["refusals"].push_back(refusal);
    return json;
  });
}

// ---- the link's side ------------------------------------------------------------------------

bedlink::Hello Bed::hello() {
  return guarded([&] {
    bedlink::Hello hello;
    hello.bed_id = identity_ ? identity_->bed_id : "";
    hello.boot_id = boot_id_;
    hello.journal_id = journal_.id();
    hello.fw = "facet-bed 1";
    hello.caps = {"supervised", "reduce", "hold", "simulated"};
    hello.limits = options_.limits;
    hello.clock_utc_ms = time_.utc_ms();
    if (!journal_.outbox().empty()) {
      hello.outbox_first_seq = journal_.outbox().front().seq;
      hello.outbox_last_seq = journal_.outbox().back().seq;
    }
    for (const auto& [id, held] : journal_.orders())
      if (hello.orders.size() < 100) hello.orders.push_back({id, held.state, held.hash});
    hello.running = session_ ? session_->order_id : "";
    return hello;
  });
}

bool Bed::on_accepted(const bedlink::HelloReply& reply) {
  return guarded([&] {
    if (reply.epoch < journal_.epoch()) {
      refuse(LinkCode::stale_epoch, "hello", "An older gateway answered.");
      return false;
    }
    if (reply.epoch > journal_.epoch()) journal_.set_epoch(reply.epoch);
    journal_.acknowledge(reply.ack_through);
    clock_error_ms_ = time_.utc_ms() - reply.now_utc_ms;
    lease_ms_ = reply.lease_ms;
    connected_ = true;
    return true;
  });
}

void Bed::on_disconnected() {
  guarded([&] { connected_ = false; });
}

/// What the bed will do of what the order asks: never more than its own limits.
bedlink::OrderReply Bed::effective(const bedlink::Order& order) const {
  bedlink::OrderReply reply;
  reply.order_id = order.order_id;
  reply.accepted = true;
  reply.duration_s = std::min(order.duration_s, options_.limits.max_session_s);
  reply.max_force_n = std::min(order.max_force_n, options_.limits.max_force_n);
  reply.ramp_n_s = std::min(order.ramp_n_s, options_.limits.max_ramp_n_s);
  reply.clamped = reply.duration_s != order.duration_s || reply.max_force_n != order.max_force_n ||
                  reply.ramp_n_s != order.ramp_n_s;
  return reply;
}

bedlink::Checked<bedlink::Order> Bed::check_order(const std::string& jws) const {
  using bedlink::refuse;
  if (!identity_ || !order_key_) return refuse(LinkCode::not_accepted, "the bed is not paired");
  auto order = bedlink::verify_order(*order_key_, jws);
  if (!order) return order;
  if (order->bed_id != identity_->bed_id)
    return refuse(LinkCode::wrong_bed, "the order is for another bed");
  const auto& id = order->order_id;
  if (journal_.buried(id)) return refuse(LinkCode::cancelled, "the order was cancelled");
  if (const auto known = journal_.orders().find(id); known != journal_.orders().end()) {
    if (known->second.state == "missed") return refuse(LinkCode::expired, "the order was missed");
    if (known->second.state != "accepted")
      return refuse(LinkCode::consumed, "the order was used before");
    if (known->second.hash != bedlink::sha256_hex(jws))
      return refuse(LinkCode::replay, "another order with this id was accepted");
    return order;
  }
  if (order->epoch < journal_.epoch())
    return refuse(LinkCode::stale_epoch, "an older gateway signed the order");
  if (order->counter <= journal_.counter())
    return refuse(LinkCode::replay, "a later order was accepted before");
  if (time_.utc_ms() >= order->not_after_ms) return refuse(LinkCode::expired, "it is too late");
  if (journal_.orders().size() >= 1000) return refuse(LinkCode::storage_full, "too many orders");
  if (fault_) return refuse(LinkCode::fault, "the bed is out of order");
  return order;
}

bedlink::OrderReply Bed::on_order(const std::string& jws) {
  return guarded([&] {
    const auto order = check_order(jws);
    if (!order) {
      refuse(order.error().code, "order", order.error().text.c_str());
      bedlink::OrderReply refused;
      refused.code = order.error().code;
      refused.text = order.error().text;
      return refused;
    }
    if (!journal_.orders().contains(order->order_id)) {
      journal_.accept(
          {*order, jws, bedlink::sha256_hex(jws), "accepted", "", time_.utc_ms(), time_.mono_ms()});
      news();
    }
    return effective(*order);
  });
}

/// Final once answered: the tombstone is on the disk first, also for an order never seen.
bedlink::CommandReply Bed::cancel(const std::string& order_id) {
  bedlink::CommandReply reply{"Cancel", order_id, true, {}, "cancelled"};
  const auto known = journal_.orders().find(order_id);
  if (session_ && session_->order_id == order_id) {
    end_session("stopped", "remote_stop");
    reply.state = "stopped";
    return reply;
  }
  if (known != journal_.orders().end() && known->second.state != "accepted") {
    reply.state = known->second.state;
    reply.accepted = reply.state == "cancelled" || reply.state == "missed";
    if (!reply.accepted) reply.code = LinkCode::consumed;
    return reply;
  }
  if (journal_.buried(order_id)) return reply;
  constexpr std::int64_t thirty_days_ms = 30LL * 24 * 3600 * 1000;
  journal_.bury(order_id, time_.utc_ms() + bedlink::max_order_window_ms + thirty_days_ms);
  if (order_id == order_id_) leave_ready("cancelled");
  if (known != journal_.orders().end()) {
    journal_.set_state(order_id, "cancelled");
    record("cancelled", order_id, "", "remote");
  }
  return reply;
}

bedlink::CommandReply Bed::on_command(const bedlink::Command& command) {
  auto reply = guarded([&] {
    if (command.action == "Cancel") return cancel(command.order_id);
    const bool current = session_ && session_->order_id == command.order_id;
    bedlink::CommandReply answer{command.action, command.order_id, true, {}, "unknown"};
    if (current && command.action == "Hold" && phase_ == Phase::running) pause_session("hold");
    if (current && command.action == "Reduce") session_->treatment.reduce(command.max_force_n);
    if (!current && command.action != "Query") {
      answer.accepted = false;
      answer.code = LinkCode::state;
    }
    const auto known = journal_.orders().find(command.order_id);
    if (known != journal_.orders().end()) answer.state = known->second.state;
    if (command.order_id == order_id_) answer.state = phase_text();
    if (known == journal_.orders().end() && journal_.buried(command.order_id))
      answer.state = "cancelled";
    return answer;
  });
  if (reply.order_id.empty())
    reply = {command.action, command.order_id, false, LinkCode::fault, "unknown"};
  return reply;
}

/// Stopping needs no epoch: anybody who got this far may stop a bed.
void Bed::on_stop(const bedlink::Lease& stop) {
  guarded([&] {
    if (session_ && session_->order_id == stop.order_id) end_session("stopped", "remote_stop");
  });
}

std::optional<bedlink::LeaseEcho> Bed::on_lease(const bedlink::Lease& lease) {
  return guarded([&]() -> std::optional<bedlink::LeaseEcho> {
    if (lease.order_id != order_id_ || phase_ == Phase::idle || lease.epoch != journal_.epoch())
      return {};
    lease_until_ms_ = time_.mono_ms() + lease_ms_;
    bedlink::LeaseEcho echo;
    echo.order_id = lease.order_id;
    echo.n = lease.n;
    echo.state = phase_text();
    if (session_) {
      echo.elapsed_s = session_->treatment.elapsed_s();
      echo.duration_s = session_->treatment.duration_s();
      echo.zone = session_->treatment.zone();
      echo.force_n = session_->treatment.force_n();
    }
    return echo;
  });
}

bedlink::Events Bed::unacknowledged() {
  return guarded([&] {
    bedlink::Events news;
    news.journal_id = journal_.id();
    const auto& outbox = journal_.outbox();
    const auto count = static_cast<std::ptrdiff_t>(std::min(outbox.size(), bedlink::max_events));
    news.events.assign(outbox.begin(), outbox.begin() + count);
    return news;
  });
}

void Bed::on_ack(std::uint64_t through) {
  guarded([&] { journal_.acknowledge(through); });
}

bedlink::BedStatus Bed::status() {
  return guarded([&] {
    bedlink::BedStatus status{phase_text(), order_id_, {}};
    if (fault_) status.faults.push_back("journal");
    if (estop_) status.faults.push_back("estop");
    return status;
  });
}

}  // namespace facet::bed_simulator
