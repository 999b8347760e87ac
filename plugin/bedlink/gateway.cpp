// SPDX-License-Identifier: MPL-2.0
#include "bedlink/gateway.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerConnection.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/WebSocket.h>
#include <Poco/ThreadPool.h>
#include <fcntl.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "base/uuid.h"
#include "bedlink/bed_session.h"
#include "bedlink/pairing.h"
#include "bedlink/tls.h"
#include "bedlink/watchdog.h"

namespace facet::bedlink {
namespace {

using namespace Poco::Net;
using base::ErrorCode;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds before_hello{5};  // absolute: TCP accept to Hello
constexpr seconds probe_patience{3};
constexpr int margin_threads = 24;
constexpr int strangers_per_address = 16;  // connections before Hello; below margin_threads

void turn_away(HTTPServerResponse& response, HTTPResponse::HTTPStatus status, const char* why) {
  response.setStatusAndReason(status, why);
  response.setContentLength(0);
  response.setKeepAlive(false);
  response.send();
}

/// Poco leaves sockets open in programs that the host starts; they would keep the port.
void close_on_exec(const Socket& socket) {
  ::fcntl(socket.impl()->sockfd(), F_SETFD, FD_CLOEXEC);
}

bool offers_protocol(const HTTPServerRequest& request) {
  return request.get("Sec-WebSocket-Protocol", "") == std::string(protocol_name) &&
         request.getURI() == "/bedlink";
}

}  // namespace

class Stranger;

class Gateway::Impl {
 public:
  Impl(const GatewayOptions& options, ClinicKeys keys, GatewayEvents& events,
       const base::Clock& clock)
      : keys_(std::move(keys)),
        events_(events),
        clock_(clock),
        pool_("bedlink", 2, options.max_beds + margin_threads) {}
  ~Impl() { stop(); }

  base::Status listen(const GatewayOptions& options);
  void stop();

  std::shared_ptr<BedSession> find(const std::string& bed_id) const {
    const std::lock_guard lock(mutex_);
    const auto at = beds_.find(bed_id);
    return at == beds_.end() ? nullptr : at->second;
  }
  base::Status queue(const std::string& bed_id, const char* action, const std::string& order_id,
                     base::Json payload);
  base::Status command(const std::string& bed_id, Command command);

  void serve(HTTPServerRequest& request, HTTPServerResponse& response, Stranger& stranger);
  void serve_bed(const std::shared_ptr<BedSession>& session, const std::string& bed_id,
                 Stranger& stranger);
  bool claim(const std::string& bed_id, const std::shared_ptr<BedSession>& session);
  void release(const std::string& bed_id, const std::shared_ptr<BedSession>& session);

  /// False if one address already keeps too many connections that never said Hello.
  bool stranger_comes(const std::string& address) {
    const std::lock_guard lock(mutex_);
    return ++strangers_[address] <= strangers_per_address && !stopping_;
  }
  void stranger_goes(const std::string& address) {
    const std::lock_guard lock(mutex_);
    if (--strangers_[address] <= 0) strangers_.erase(address);
  }

  const ClinicKeys keys_;
  GatewayEvents& events_;
  const base::Clock& clock_;
  Watchdog dog_;
  Poco::ThreadPool pool_;
  std::unique_ptr<TCPServer> server_;
  std::unique_ptr<PairingPort> pairing_;
  std::uint16_t port_ = 0;

 private:
  mutable std::mutex mutex_;
  std::condition_variable left_;
  bool stopping_ = false;
  std::map<std::string, std::shared_ptr<BedSession>> beds_;
  std::map<std::string, int> strangers_;
};

/// A connection from accept to Hello: its time is bounded, and the number from one address.
class Stranger {
 public:
  Stranger(Gateway::Impl& gateway, const StreamSocket& socket)
      : gateway_(gateway),
        leash_(gateway.dog_, socket.impl()->sockfd()),
        address_(socket.peerAddress().host().toString()) {
    close_on_exec(socket);
    leash_.arm(before_hello);
    if (!gateway_.stranger_comes(address_)) leash_.cut();
  }
  ~Stranger() { welcome(); }
  void welcome() {
    leash_.disarm();
    if (!std::exchange(known_, true)) gateway_.stranger_goes(address_);
  }

 private:
  Gateway::Impl& gateway_;
  Watchdog::Leash leash_;
  std::string address_;
  bool known_ = false;
};

namespace {

class Upgrade final : public HTTPRequestHandler {
 public:
  Upgrade(Gateway::Impl& gateway, Stranger& stranger) : gateway_(gateway), stranger_(stranger) {}
  void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override {
    gateway_.serve(request, response, stranger_);
  }

 private:
  Gateway::Impl& gateway_;
  Stranger& stranger_;
};

class UpgradeFactory final : public HTTPRequestHandlerFactory {
 public:
  UpgradeFactory(Gateway::Impl& gateway, std::shared_ptr<Stranger> stranger)
      : gateway_(gateway), stranger_(std::move(stranger)) {}
  HTTPRequestHandler* createRequestHandler(const HTTPServerRequest&) override {
    return new Upgrade(gateway_, *stranger_);
  }

 private:
  Gateway::Impl& gateway_;
  std::shared_ptr<Stranger> stranger_;
};

class ConnectionFactory final : public TCPServerConnectionFactory {
 public:
  explicit ConnectionFactory(Gateway::Impl& gateway)
      : gateway_(gateway), params_(new HTTPServerParams) {
    params_->setKeepAlive(false);
    params_->setTimeout(Poco::Timespan(5, 0));
  }
  TCPServerConnection* createConnection(const StreamSocket& socket) override {
    auto stranger = std::make_shared<Stranger>(gateway_, socket);
    return new HTTPServerConnection(socket, params_,
                                    new UpgradeFactory(gateway_, std::move(stranger)));
  }

 private:
  Gateway::Impl& gateway_;
  HTTPServerParams::Ptr params_;
};

std::optional<Certificate> certificate_of(HTTPServerRequest& request) {
  SecureStreamSocket socket(static_cast<HTTPServerRequestImpl&>(request).socket());
  X509* raw = const_cast<X509*>(socket.peerCertificate().certificate());
  if (raw == nullptr || X509_up_ref(raw) != 1) return {};
  return Certificate(raw);
}

}  // namespace

base::Status Gateway::Impl::listen(const GatewayOptions& options) {
  try {
    const SocketAddress address(options.address, options.port);
    SecureServerSocket socket(server_context(keys_.ca, keys_.gateway, keys_.gateway_key));
    socket.bind(address, true);
    close_on_exec(socket);
    socket.listen(64);
    port_ = socket.address().port();
    TCPServerParams::Ptr params(new TCPServerParams);
    params->setMaxThreads(options.max_beds + margin_threads);
    params->setMaxQueued(256);
    server_ = std::make_unique<TCPServer>(new ConnectionFactory(*this), pool_, socket, params);
    server_->start();
  } catch (const Poco::Exception& e) {
    return base::fail(ErrorCode::unavailable, "gateway",
                      "The bed gateway cannot listen: " + e.displayText());
  } catch (const std::exception& e) {
    return base::fail(ErrorCode::internal, "gateway", e.what());
  }
  auto pairing = PairingPort::reserve(options.address, options.pairing_port);
  if (!pairing) return pass(pairing);
  pairing_ = std::move(*pairing);
  return {};
}

void Gateway::Impl::stop() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(stopping_, true)) return;
  }
  if (pairing_) pairing_->close();
  if (server_) server_->stop();
  while (pool_.used() > 0) {  // a connection accepted a moment ago may just now get its leash
    dog_.cut_all();
    std::this_thread::sleep_for(milliseconds(5));
  }
  pool_.joinAll();
  server_.reset();
  pairing_.reset();
}

void Gateway::Impl::serve(HTTPServerRequest& request, HTTPServerResponse& response,
                          Stranger& stranger) try {
  const auto certificate = certificate_of(request);
  const auto bed_id = certificate ? identity(*certificate, "bed") : std::nullopt;
  if (!bed_id) {
    events_.on_security_event("", "no_identity");
    return turn_away(response, HTTPResponse::HTTP_FORBIDDEN, "No bed identity in certificate");
  }
  if (!events_.is_allowed(*bed_id, certificate->spki())) {
    events_.on_security_event(*bed_id, "not_allowed");
    return turn_away(response, HTTPResponse::HTTP_FORBIDDEN, "Key is not on the allow-list");
  }
  if (!offers_protocol(request))
    return turn_away(response, HTTPResponse::HTTP_BAD_REQUEST, "Want /bedlink and bedlink.v1");
  response.set("Sec-WebSocket-Protocol", std::string(protocol_name));
  const auto session = std::make_shared<BedSession>(WebSocket(request, response), dog_, events_,
                                                    clock_, *certificate, *bed_id);
  serve_bed(session, *bed_id, stranger);
} catch (const std::exception&) {
  // Poco reports a lost link as any of a dozen exceptions; the session has ended either way.
}

void Gateway::Impl::serve_bed(const std::shared_ptr<BedSession>& session, const std::string& bed_id,
                              Stranger& stranger) {
  const auto hello = session->read_hello();
  if (!hello) return;
  stranger.welcome();
  if (!claim(bed_id, session)) {
    session->refuse_hello(LinkCode::busy, "this bed is connected and answers");
    events_.on_security_event(bed_id, "duplicate");
    return;
  }
  const auto decision = events_.on_hello(*hello);
  session->answer(decision);
  const bool stays = decision.status == HelloDecision::Status::accepted ||
                     decision.status == HelloDecision::Status::quarantined;
  if (stays) {
    session->run(*hello, decision);
    events_.on_disconnected(bed_id);
  }
  release(bed_id, session);
}

/// Makes this session the bed's only one: an older one that is silent is closed first.
bool Gateway::Impl::claim(const std::string& bed_id, const std::shared_ptr<BedSession>& session) {
  if (const auto older = find(bed_id)) {
    if (older->answers(probe_patience)) return false;
    older->close();
  }
  std::unique_lock lock(mutex_);
  if (!left_.wait_for(lock, probe_patience, [&] { return stopping_ || !beds_.contains(bed_id); }) ||
      stopping_)
    return false;
  beds_[bed_id] = session;
  return true;
}

void Gateway::Impl::release(const std::string& bed_id, const std::shared_ptr<BedSession>& session) {
  {
    const std::lock_guard lock(mutex_);
    const auto at = beds_.find(bed_id);
    if (at != beds_.end() && at->second == session) beds_.erase(at);
  }
  left_.notify_all();
}

base::Status Gateway::Impl::queue(const std::string& bed_id, const char* action,
                                  const std::string& order_id, base::Json payload) {
  const auto session = find(bed_id);
  if (!session || !session->takes_orders())
    return base::fail(ErrorCode::unavailable, "bed", "The bed is not connected.");
  session->queue_call(action, order_id, std::move(payload));
  return {};
}

base::Status Gateway::Impl::command(const std::string& bed_id, Command command) {
  command.cmd_id = base::uuid_v7(clock_.now_ms());
  return queue(bed_id, command.action.c_str(), command.order_id, to_json(command));
}

Gateway::Gateway(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Gateway::~Gateway() = default;

base::Result<std::unique_ptr<Gateway>> Gateway::start(const GatewayOptions& options,
                                                      const ClinicKeys& keys, GatewayEvents& events,
                                                      const base::Clock& clock) {
  auto impl = std::make_unique<Impl>(options, keys, events, clock);
  if (auto listening = impl->listen(options); !listening) return pass(listening);
  return std::unique_ptr<Gateway>(new Gateway(std::move(impl)));
}

void Gateway::stop() {
  impl_->stop();
}
std::uint16_t Gateway::port() const {
  return impl_->port_;
}
std::uint16_t Gateway::pairing_port() const {
  return impl_->pairing_ ? impl_->pairing_->port() : std::uint16_t{0};
}

bool Gateway::is_online(const std::string& bed_id) const {
  const auto session = impl_->find(bed_id);
  return session && session->online();
}

base::Status Gateway::send_order(const std::string& bed_id, const std::string& jws) {
  const auto order = verify_order(impl_->keys_.order_key, jws);
  if (!order || order->bed_id != bed_id)
    return base::invalid("order", "This is no order that this clinic signed for this bed.");
  return impl_->queue(bed_id, "Order", order->order_id, base::Json{{"jws", jws}});
}

base::Status Gateway::cancel(const std::string& bed_id, const std::string& order_id) {
  return impl_->command(bed_id, {"Cancel", order_id, "", 0});
}
base::Status Gateway::hold(const std::string& bed_id, const std::string& order_id) {
  return impl_->command(bed_id, {"Hold", order_id, "", 0});
}
base::Status Gateway::reduce(const std::string& bed_id, const std::string& order_id,
                             std::int64_t max_force_n) {
  return impl_->command(bed_id, {"Reduce", order_id, "", max_force_n});
}
base::Status Gateway::query(const std::string& bed_id, const std::string& order_id) {
  return impl_->command(bed_id, {"Query", order_id, "", 0});
}

base::Status Gateway::stop_session(const std::string& bed_id, const std::string& order_id) {
  const auto session = impl_->find(bed_id);
  if (!session || !session->takes_orders())
    return base::fail(ErrorCode::unavailable, "bed", "The bed is not connected.");
  session->queue_stop(order_id);
  return {};
}

void Gateway::disconnect(const std::string& bed_id) {
  if (const auto session = impl_->find(bed_id)) session->close();
}

base::Result<PairedBed> Gateway::pair(const std::string& bed_id, const std::string& code,
                                      milliseconds timeout) {
  if (!impl_->pairing_)
    return base::fail(ErrorCode::unavailable, "", "The bed gateway has stopped.");
  return impl_->pairing_->open(impl_->keys_, bed_id, code, timeout, impl_->clock_);
}

}  // namespace facet::bedlink
