// SPDX-License-Identifier: MPL-2.0
#include "bedlink/bed_client.h"

#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/SSLException.h>

#include <algorithm>

#include "bedlink/tls.h"
#include "bedlink/wire.h"

namespace facet::bedlink {

using base::ErrorCode;
using base::Json;
using std::chrono::seconds;
using std::chrono::steady_clock;

namespace {
constexpr seconds call_deadline{10};
constexpr seconds dead_after{45};
constexpr seconds retry_after{1};
constexpr seconds connect_timeout{5};

base::Result<Poco::Net::Context::Ptr> context_of(const BedIdentity& identity) {
  auto ca = Certificate::from_pem(identity.ca_pem);
  auto own = Certificate::from_pem(identity.certificate_pem);
  auto key = Key::from_private_pem(identity.key_pem);
  if (!ca || !own || !key) return base::invalid("identity", "The bed's identity is damaged.");
  return client_context(*ca, *own, *key);
}
}  // namespace

BedClient::BedClient(std::string host, std::uint16_t port, const BedIdentity& identity,
                     BedBehind& bed, std::function<void()> accepted)
    : host_(std::move(host)),
      port_(port),
      identity_(identity),
      bed_(bed),
      accepted_(std::move(accepted)) {}
BedClient::~BedClient() = default;

base::Status BedClient::serve() try {
  const NoSigpipe no_sigpipe;
  auto context = context_of(identity_);
  if (!context) return pass(context);
  Poco::Net::HTTPSClientSession session(host_, port_, *context);
  session.setTimeout(Poco::Timespan(connect_timeout.count(), 0));
  Poco::Net::HTTPRequest request("GET", "/bedlink", "HTTP/1.1");
  request.set("Sec-WebSocket-Protocol", std::string(protocol_name));
  Poco::Net::HTTPResponse response;
  Wire wire(Poco::Net::WebSocket(session, request, response), dog_);
  if (response.get("Sec-WebSocket-Protocol", "") != std::string(protocol_name))
    return base::fail(ErrorCode::denied, "", "The gateway does not speak bedlink.v1.");
  {
    const std::lock_guard lock(mutex_);
    wire_ = &wire;
    if (closing_) wire.close();
  }
  auto outcome = run(wire);
  const std::lock_guard lock(mutex_);
  wire_ = nullptr;
  return outcome;
} catch (const Poco::Net::WebSocketException& e) {
  return base::fail(ErrorCode::denied, "", e.displayText());
} catch (const Poco::Net::SSLException& e) {
  return base::fail(ErrorCode::denied, "", e.displayText());
} catch (const Poco::Exception& e) {
  return base::fail(ErrorCode::unavailable, "", e.displayText());
} catch (const std::exception& e) {
  return base::fail(ErrorCode::internal, "", e.what());
}

void BedClient::wake() {
  const std::lock_guard lock(mutex_);
  if (wire_) wire_->wake();
}

void BedClient::close() {
  const std::lock_guard lock(mutex_);
  closing_ = true;
  if (wire_) wire_->close();
}

bool BedClient::introduce(Wire& wire, base::Status& outcome) {
  outcome = base::fail(ErrorCode::unavailable, "", "The link was lost before Hello was answered.");
  if (!wire.send(frame_text(Call{std::to_string(next_id_++), "Hello", to_json(bed_.hello())})))
    return false;
  std::string text;
  const auto until = steady_clock::now() + call_deadline;
  auto got = Wire::Got::nothing;
  while (got == Wire::Got::nothing && steady_clock::now() < until) got = wire.receive(text, until);
  if (got != Wire::Got::text) return false;
  const auto frame = parse_frame(text);
  const CallReply* reply = frame ? std::get_if<CallReply>(&*frame) : nullptr;
  const auto hello =
      reply ? parse_hello_reply(reply->payload) : Checked<HelloReply>(refuse(LinkCode::format, ""));
  const bool serves = hello && (hello->status == "accepted" || hello->status == "quarantined");
  if (!serves || !bed_.on_accepted(*hello)) {
    outcome = base::fail(ErrorCode::denied, "", "The gateway did not accept Hello.");
    return false;
  }
  outcome = {};
  if (accepted_) accepted_();
  return true;
}

base::Status BedClient::run(Wire& wire) {
  pending_id_.clear();
  told_status_.clear();
  last_lease_ = 0;
  quiet_until_ = {};
  base::Status outcome;
  if (!introduce(wire, outcome)) return outcome;
  std::string text;
  while (send_news(wire)) {
    const auto now = steady_clock::now();
    if (now - wire.last_received() > dead_after) break;
    if (!pending_id_.empty() && now >= pending_deadline_) break;
    const auto got = wire.receive(text, now + seconds(1));
    if (got == Wire::Got::closed || (got == Wire::Got::text && !handle(wire, text))) break;
  }
  wire.close();
  bed_.on_disconnected();
  return outcome;
}

/// The status when it changed; and the next events, one call at a time (pacing: a resend storm
/// would starve the acknowledgements it waits for).
bool BedClient::send_news(Wire& wire) {
  const auto status = to_json(bed_.status());
  if (auto text = status.dump(); text != told_status_) {
    told_status_ = std::move(text);
    if (!wire.send(frame_text(Send{"Status", status}))) return false;
  }
  const auto now = steady_clock::now();
  if (!pending_id_.empty() || now < quiet_until_) return true;
  const auto news = bed_.unacknowledged();
  if (news.events.empty()) return true;
  pending_id_ = std::to_string(next_id_++);
  pending_deadline_ = now + call_deadline;
  return wire.send(frame_text(Call{pending_id_, "Events", to_json(news)}));
}

bool BedClient::handle(Wire& wire, const std::string& text) {
  const auto frame = parse_frame(text);
  if (!frame) return false;
  if (const auto* call = std::get_if<Call>(&*frame)) return handle_call(wire, *call);
  if (const auto* sent = std::get_if<Send>(&*frame)) return handle_send(wire, *sent);
  if (const auto* reply = std::get_if<CallReply>(&*frame)) {
    if (reply->id != pending_id_) return false;
    pending_id_.clear();
    const auto through = reply->payload.find("ack_through");
    if (through == reply->payload.end() || !through->is_number_unsigned()) return false;
    bed_.on_ack(through->get<std::uint64_t>());
    return true;
  }
  if (std::get<CallRefused>(*frame).id != pending_id_) return false;
  pending_id_.clear();
  quiet_until_ = steady_clock::now() + retry_after;  // events are never given up
  return true;
}

bool BedClient::handle_call(Wire& wire, const Call& call) {
  if (call.action == "Order") {
    const auto jws = call.payload.find("jws");
    if (jws == call.payload.end() || !jws->is_string())
      return wire.send(frame_text(CallRefused{call.id, LinkCode::format, "jws is missing"}));
    return wire.send(frame_text(CallReply{call.id, to_json(bed_.on_order(*jws))}));
  }
  const auto command = parse_command(call.action, call.payload);
  if (!command)
    return wire.send(frame_text(CallRefused{call.id, command.error().code, command.error().text}));
  return wire.send(frame_text(CallReply{call.id, to_json(bed_.on_command(*command))}));
}

bool BedClient::handle_send(Wire& wire, const Send& sent) {
  if (sent.action != "Lease" && sent.action != "Stop") return true;
  const auto lease = parse_lease(sent.payload);
  if (!lease) return false;
  if (sent.action == "Stop") {
    bed_.on_stop(*lease);
    return true;
  }
  if (lease->n <= last_lease_) return true;
  last_lease_ = lease->n;
  const auto echo = bed_.on_lease(*lease);
  return !echo || wire.send(frame_text(Send{"LeaseEcho", to_json(*echo)}));
}

}  // namespace facet::bedlink
