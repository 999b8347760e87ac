// SPDX-License-Identifier: MPL-2.0
#include "bedlink/bed_session.h"

#include <algorithm>
#include <thread>

#include "bedlink/fields.h"

namespace facet::bedlink {

using base::Json;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

namespace {
constexpr seconds hello_deadline{5};
constexpr seconds call_deadline{10};
constexpr seconds lease_every{1};
constexpr seconds check_every{1};
constexpr seconds keepalive{20};
constexpr seconds dead_after{45};
constexpr double messages_per_s = 20;
constexpr double burst = 200;  // a bed that drains a long outbox after an outage

const char* text_of(HelloDecision::Status status) {
  switch (status) {
    case HelloDecision::Status::accepted:
      return "accepted";
    case HelloDecision::Status::pending:
      return "pending";
    case HelloDecision::Status::quarantined:
      return "quarantined";
    case HelloDecision::Status::rejected:
      break;
  }
  return "rejected";
}
}  // namespace

BedSession::BedSession(Poco::Net::WebSocket socket, Watchdog& dog, GatewayEvents& events,
                       const base::Clock& clock, Certificate peer, std::string bed_id)
    : wire_(std::move(socket), dog),
      events_(events),
      clock_(clock),
      peer_(std::move(peer)),
      peer_key_(peer_.public_key()),
      spki_(peer_.spki()),
      bed_id_(std::move(bed_id)) {}

bool BedSession::malformed(const char* type) {
  events_.on_security_event(bed_id_, type);
  wire_.close();
  return false;
}

std::optional<Hello> BedSession::read_hello() {
  const auto until = steady_clock::now() + hello_deadline;
  std::string text;
  Wire::Got got = Wire::Got::nothing;
  while (got == Wire::Got::nothing && steady_clock::now() < until) got = wire_.receive(text, until);
  if (got != Wire::Got::text) return {};
  auto frame = parse_frame(text);
  const Call* call = frame ? std::get_if<Call>(&*frame) : nullptr;
  if (!call || call->action != "Hello") {
    malformed("malformed");
    return {};
  }
  hello_id_ = call->id;
  auto hello = parse_hello(call->payload);
  if (!hello) {
    refuse_hello(hello.error().code, hello.error().text);
    events_.on_security_event(bed_id_, "malformed");
    return {};
  }
  if (hello->bed_id != bed_id_) {
    refuse_hello(LinkCode::wrong_bed, "the certificate names another bed");
    events_.on_security_event(bed_id_, "identity_mismatch");
    return {};
  }
  return std::move(*hello);
}

void BedSession::refuse_hello(LinkCode code, const std::string& text) {
  send(CallRefused{hello_id_, code, text});
}

void BedSession::answer(const HelloDecision& decision) {
  HelloReply reply;
  reply.status = text_of(decision.status);
  reply.epoch = decision.epoch;
  reply.now_utc_ms = clock_.now_ms();
  reply.ack_through = decision.ack_through;
  send(CallReply{hello_id_, to_json(reply)});
}

void BedSession::run(const Hello& hello, const HelloDecision& decision) {
  epoch_ = decision.epoch;
  drain_through_ = hello.outbox_last_seq;
  takes_orders_ = decision.status == HelloDecision::Status::accepted;
  const auto now = steady_clock::now();
  tokens_ = burst;
  tokens_at_ = now;
  next_check_ = now + check_every;
  next_ping_ = now + keepalive;
  went_online_if(decision.ack_through);
  std::string text;
  while (flush() && keep_time(steady_clock::now())) {
    auto until = std::min({next_lease_, next_check_, next_ping_});
    if (pending_) until = std::min(until, pending_->deadline);
    const auto got = wire_.receive(text, until);
    if (got == Wire::Got::closed || (got == Wire::Got::text && !handle(text))) break;
  }
  takes_orders_ = false;
  online_ = false;
  wire_.close();
}

void BedSession::went_online_if(std::uint64_t ack_through) {
  if (online_ || !takes_orders_ || ack_through < drain_through_) return;
  online_ = true;
  events_.on_online(bed_id_);
}

void BedSession::queue_call(std::string action, std::string order_id, Json payload) {
  {
    const std::lock_guard lock(mutex_);
    calls_.push_back({std::move(action), std::move(order_id), std::move(payload)});
  }
  wire_.wake();
}

void BedSession::queue_stop(const std::string& order_id) {
  {
    const std::lock_guard lock(mutex_);
    stops_.push_back(order_id);
  }
  wire_.wake();
}

bool BedSession::answers(milliseconds patience) {
  const auto asked = steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    probe_ = true;
  }
  wire_.wake();
  while (steady_clock::now() < asked + patience) {
    if (wire_.last_received() > asked) return true;
    std::this_thread::sleep_for(milliseconds(20));
  }
  return false;
}

bool BedSession::flush() {
  std::deque<std::string> stops;
  std::optional<Outgoing> call;
  bool probe = false;
  {
    const std::lock_guard lock(mutex_);
    stops.swap(stops_);
    std::swap(probe, probe_);
    if (!pending_ && !calls_.empty()) {
      call = std::move(calls_.front());
      calls_.pop_front();
    }
  }
  for (const auto& order_id : stops) {
    if (order_id == leased_order_) next_lease_ = Moment::max();
    if (!send(Send{"Stop", to_json(Lease{order_id, epoch_, ++lease_n_})})) return false;
  }
  if (probe && !wire_.ping()) return false;
  if (!call) return true;
  pending_ = Pending{std::to_string(next_id_++), call->action, call->order_id,
                     steady_clock::now() + call_deadline};
  return send(Call{pending_->id, call->action, std::move(call->payload)});
}

/// False if the connection has to end.
bool BedSession::keep_time(Moment now) {
  if (now - wire_.last_received() > dead_after) return false;
  if (pending_ && now >= pending_->deadline) return false;
  if (now >= next_check_) {
    next_check_ = now + check_every;
    if (!events_.is_allowed(bed_id_, spki_) || clock_.now_ms() >= peer_.not_after_ms()) {
      events_.on_security_event(bed_id_, "not_allowed");
      return false;
    }
  }
  if (now >= next_ping_) {
    next_ping_ = now + keepalive;
    if (!wire_.ping()) return false;
  }
  if (now >= next_lease_) {
    next_lease_ = now + lease_every;
    return send(Send{"Lease", to_json(Lease{leased_order_, epoch_, ++lease_n_})});
  }
  return true;
}

bool BedSession::within_rate(Moment now) {
  const std::chrono::duration<double> passed = now - tokens_at_;
  tokens_at_ = now;
  tokens_ = std::min(burst, tokens_ + passed.count() * messages_per_s);
  tokens_ -= 1;
  return tokens_ >= 0;
}

bool BedSession::handle(const std::string& text) {
  auto frame = parse_frame(text);
  if (!frame) return malformed("malformed");
  if (const auto* reply = std::get_if<CallReply>(&*frame)) return handle_reply(*reply);
  if (const auto* refused = std::get_if<CallRefused>(&*frame)) return handle_refused(*refused);
  if (!within_rate(steady_clock::now())) return malformed("rate");
  if (const auto* call = std::get_if<Call>(&*frame)) return handle_call(*call);
  return handle_send(std::get<Send>(*frame));
}

bool BedSession::handle_call(const Call& call) {
  if (call.action == "Events") return take_events(call);
  const auto code = call.action == "Hello" ? LinkCode::state : LinkCode::unknown_action;
  return send(CallRefused{call.id, code, "the gateway does not take this now"});
}

bool BedSession::check_results(std::vector<Event>& events) {
  for (auto& event : events) {
    if (event.type != "ended") continue;
    auto result = verify_result(peer_key_, event.data.at("jws").get<std::string>());
    if (!result || result->bed_id != bed_id_ || result->order_id != event.order_id) return false;
    event.result = std::move(*result);
  }
  return true;
}

bool BedSession::take_events(const Call& call) {
  auto taken = parse_events(call.payload);
  if (!taken) {
    events_.on_security_event(bed_id_, "malformed");
    return send(CallRefused{call.id, taken.error().code, taken.error().text});
  }
  if (!check_results(taken->events)) {
    events_.on_security_event(bed_id_, "signature");
    return send(CallRefused{call.id, LinkCode::signature, "a signed result does not hold"});
  }
  const auto ack = events_.on_events(bed_id_, taken->journal_id, taken->events);
  if (!ack) return send(CallRefused{call.id, LinkCode::internal, "not recorded, try again"});
  if (!send(CallReply{call.id, Json{{"ack_through", *ack}}})) return false;
  went_online_if(*ack);
  return true;
}

void BedSession::take_status(const BedStatus& status) {
  events_.on_status(bed_id_, status);
  const bool runs = status.state == "running" || status.state == "paused";
  const bool lease =
      !status.order_id.empty() && takes_orders_ &&
      (runs || (status.state == "ready" && events_.on_ready(bed_id_, status.order_id)));
  leased_order_ = lease ? status.order_id : "";
  next_lease_ = lease ? steady_clock::now() : Moment::max();
}

bool BedSession::handle_send(const Send& sent) {
  if (sent.action == "LeaseEcho") {
    const auto echo = parse_lease_echo(sent.payload);
    if (!echo) return malformed("malformed");
    events_.on_lease_echo(bed_id_, *echo);
  } else if (sent.action == "Status") {
    const auto status = parse_status(sent.payload);
    if (!status) return malformed("malformed");
    take_status(*status);
  }
  return true;
}

bool BedSession::handle_reply(const CallReply& reply) {
  if (!pending_ || pending_->id != reply.id) return malformed("malformed");
  const Pending asked = *pending_;
  pending_.reset();
  if (asked.action == "Order") {
    const auto answer = parse_order_reply(reply.payload);
    if (!answer || (answer->order_id != asked.order_id && answer->accepted))
      return malformed("malformed");
    auto told = *answer;
    told.order_id = asked.order_id;
    events_.on_order_reply(bed_id_, told);
    return true;
  }
  const auto answer = parse_command_reply(reply.payload);
  if (!answer || answer->order_id != asked.order_id) return malformed("malformed");
  events_.on_command_reply(bed_id_, *answer);
  return true;
}

bool BedSession::handle_refused(const CallRefused& refused) {
  if (!pending_ || pending_->id != refused.id) return malformed("malformed");
  const Pending asked = *pending_;
  pending_.reset();
  if (asked.action == "Order") {
    OrderReply told;
    told.order_id = asked.order_id;
    told.code = refused.code;
    told.text = refused.text;
    events_.on_order_reply(bed_id_, told);
  } else {
    events_.on_command_reply(bed_id_,
                             {asked.action, asked.order_id, false, refused.code, "unknown"});
  }
  return true;
}

}  // namespace facet::bedlink
