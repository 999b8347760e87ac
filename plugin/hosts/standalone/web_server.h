// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <Poco/Net/HTTPServer.h>
#include <Poco/ThreadPool.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "hosts/standalone/web_handler.h"

namespace facet::hosts {

/// HTTPS (TLS 1.2 and 1.3) on one address, with a thread pool of its own. Throws HostError if the
/// address is taken.
class WebServer {
 public:
  struct Options {
    std::string address;
    uint16_t port;  // 0: any free one
    std::filesystem::path certificate;
    std::filesystem::path key;
  };
  WebServer(PluginInstance& plugin, Accounts& accounts, const Options& options);
  ~WebServer();
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  uint16_t port() const { return port_; }
  /// Takes no new request and tells those that run that their reader is gone.
  void stop();

 private:
  WebState state_;
  Poco::ThreadPool threads_;
  std::unique_ptr<Poco::Net::HTTPServer> server_;
  uint16_t port_ = 0;
};

}  // namespace facet::hosts
