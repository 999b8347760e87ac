// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/web_server.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SecureServerSocket.h>

#include "hosts/common/host_error.h"

namespace facet::hosts {
namespace {

// A browser holds up to six connections, one of them a live view that keeps its thread for 25 s.
constexpr int kMaxThreads = 64;
constexpr int kMaxWaiting = 128;

class HandlerFactory : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  explicit HandlerFactory(WebState& state) : state_(state) {}
  Poco::Net::HTTPRequestHandler* createRequestHandler(
      const Poco::Net::HTTPServerRequest&) override {
    return new WebHandler(state_);
  }

 private:
  WebState& state_;
};

Poco::Net::Context::Ptr make_context(const WebServer::Options& options) {
  Poco::Net::Context::Params params;
  params.certificateFile = options.certificate;
  params.privateKeyFile = options.key;
  params.verificationMode = Poco::Net::Context::VERIFY_NONE;
  params.cipherList = "ECDHE+AESGCM:ECDHE+CHACHA20";
  Poco::Net::Context::Ptr context(
      new Poco::Net::Context(Poco::Net::Context::TLS_SERVER_USE, params));
  context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
  return context;
}

Poco::Net::SecureServerSocket listen(const WebServer::Options& options) {
  try {
    const Poco::Net::SocketAddress address(options.address, options.port);
    return Poco::Net::SecureServerSocket(address, 64, make_context(options));
  } catch (const Poco::Exception& error) {
    throw HostError("cannot serve HTTPS on " + options.address + " port " +
                    std::to_string(options.port) + ": " + error.displayText());
  }
}

Poco::Net::HTTPServerParams::Ptr make_params() {
  Poco::Net::HTTPServerParams::Ptr params(new Poco::Net::HTTPServerParams);
  params->setMaxThreads(kMaxThreads);
  params->setMaxQueued(kMaxWaiting);
  params->setTimeout(Poco::Timespan(15, 0));
  params->setKeepAliveTimeout(Poco::Timespan(5, 0));
  params->setSoftwareVersion("Facet");
  return params;
}

}  // namespace

WebServer::WebServer(PluginInstance& plugin, Accounts& accounts, const Options& options)
    : state_{plugin, accounts}, threads_("https", 2, kMaxThreads) {
  Poco::Net::initializeSSL();
  const Poco::Net::SecureServerSocket socket = listen(options);
  port_ = socket.address().port();
  server_ = std::make_unique<Poco::Net::HTTPServer>(new HandlerFactory(state_), threads_, socket,
                                                    make_params());
  server_->start();
}

void WebServer::stop() {
  state_.stopping = true;
  server_->stopAll(true);
}

WebServer::~WebServer() {
  stop();
  threads_.joinAll();
  server_.reset();
  Poco::Net::uninitializeSSL();
}

}  // namespace facet::hosts
