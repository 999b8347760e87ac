// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <Poco/Net/HTTPRequestHandler.h>

#include <atomic>
#include <string>

#include "hosts/common/plugin_instance.h"
#include "hosts/standalone/accounts.h"
#include "hosts/standalone/authenticator.h"
#include "hosts/standalone/login_throttle.h"
#include "hosts/standalone/sessions.h"

namespace facet::hosts {

/// What the handlers of one server share. Every member is safe from any thread.
struct WebState {
  PluginInstance& plugin;
  Accounts& accounts;
  Sessions sessions{};
  LoginThrottle throttle{};
  std::atomic<bool> stopping{false};
};

/// Serves one request: the host's own log-in paths, and everything below /facet by the plugin.
class WebHandler : public Poco::Net::HTTPRequestHandler {
 public:
  explicit WebHandler(WebState& state) : state_(state) {}
  void handleRequest(Poco::Net::HTTPServerRequest& request,
                     Poco::Net::HTTPServerResponse& response) override;

 private:
  using HttpRequest = Poco::Net::HTTPServerRequest;
  using HttpResponse = Poco::Net::HTTPServerResponse;

  void route(HttpRequest& request, HttpResponse& response);
  void log_in(HttpRequest& request, HttpResponse& response);
  void log_out(HttpRequest& request, HttpResponse& response);
  void show_session(HttpRequest& request, HttpResponse& response);
  void ask_plugin(HttpRequest& request, HttpResponse& response, const std::string& target);

  WebState& state_;
};

}  // namespace facet::hosts
