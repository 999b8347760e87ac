// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/StreamCopier.h>
#include <Poco/String.h>
#include <stdlib.h>

#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include "hosts/standalone/accounts.h"
#include "hosts/standalone/certificate.h"
#include "hosts/standalone/clinic.h"
#include "hosts/standalone/private_file.h"
#include "hosts/standalone/secrets.h"
#include "hosts/standalone/web_server.h"

namespace facet::hosts::testing {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    char pattern[] = "/tmp/facet-test-XXXXXX";
    if (!mkdtemp(pattern)) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct Answer {
  int status = 0;
  std::string body;
  std::map<std::string, std::string> headers;  // names in lower case; repeated ones joined
  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }
};

using Headers = std::map<std::string, std::string>;

/// A client that trusts one certificate.
inline Poco::Net::HTTPSClientSession connect(uint16_t port,
                                             const std::filesystem::path& certificate) {
  Poco::Net::Context::Params params;
  params.caLocation = certificate;
  params.verificationMode = Poco::Net::Context::VERIFY_STRICT;
  params.loadDefaultCAs = false;
  Poco::Net::Context::Ptr context(
      new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, params));
  return Poco::Net::HTTPSClientSession("localhost", port, context);
}

inline Answer send(Poco::Net::HTTPSClientSession& session, const std::string& method,
                   const std::string& path, const std::string& body = {},
                   const Headers& headers = {}) {
  session.setTimeout(Poco::Timespan(20, 0));
  Poco::Net::HTTPRequest request(method, path, Poco::Net::HTTPMessage::HTTP_1_1);
  for (const auto& [name, value] : headers) request.set(name, value);
  if (!body.empty()) request.setContentLength64(static_cast<Poco::Int64>(body.size()));
  session.sendRequest(request) << body << std::flush;
  Poco::Net::HTTPResponse response;
  std::istream& in = session.receiveResponse(response);
  Answer answer;
  answer.status = response.getStatus();
  Poco::StreamCopier::copyToString(in, answer.body);
  for (const auto& [name, value] : response) {
    std::string& joined = answer.headers[Poco::toLower(name)];
    joined += (joined.empty() ? "" : "\n") + value;
  }
  return answer;
}

/// The echo plugin behind the web server, with the account ada (physiotherapist, admin).
class TestClinic {
 public:
  TestClinic() : folder_{temporary_.path() / "data"} {
    make_private_folder(folder_.root);
    make_private_folder(folder_.host());
    const CertificatePem pem = make_self_signed("test");
    write_private_file(folder_.certificate(), pem.certificate);
    write_private_file(folder_.key(), pem.private_key);
    accounts_ = std::make_unique<Accounts>(folder_.accounts());
    accounts_->add("ada", "user-1", {"physiotherapist", "admin"}, "right password");
    clinic_ = std::make_unique<Clinic>(ECHO_PLUGIN, folder_, Settings{},
                                       Config{{"facet.create", "1"}}, [](int, std::string_view) {});
    server_ = std::make_unique<WebServer>(
        clinic_->plugin(), *accounts_,
        WebServer::Options{"127.0.0.1", 0, folder_.certificate(), folder_.key()});
  }

  uint16_t port() const { return server_->port(); }
  Accounts& accounts() { return *accounts_; }
  WebServer& server() { return *server_; }
  PluginInstance& plugin() { return clinic_->plugin(); }
  Poco::Net::HTTPSClientSession connect() {
    return testing::connect(port(), folder_.certificate());
  }
  Answer send(const std::string& method, const std::string& path, const std::string& body = {},
              const Headers& headers = {}) {
    auto session = connect();
    return testing::send(session, method, path, body, headers);
  }
  Answer log_in(const std::string& user = "ada", const std::string& password = "right password") {
    return send("POST", "/login", R"({"user":")" + user + R"(","password":")" + password + "\"}");
  }
  /// The value for a Cookie header.
  std::string cookie() {
    const std::string header = log_in().header("set-cookie");
    return header.substr(0, header.find(';'));
  }
  std::string origin() const { return "https://localhost:" + std::to_string(port()); }

 private:
  TemporaryFolder temporary_;
  DataFolder folder_;
  std::unique_ptr<Accounts> accounts_;
  std::unique_ptr<Clinic> clinic_;
  std::unique_ptr<WebServer> server_;
};

}  // namespace facet::hosts::testing
