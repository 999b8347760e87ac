// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facet/facet.h"

namespace facet::hosts {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Who asks, as the host authenticated them.
struct Principal {
  std::string user_id;
  std::vector<std::string> roles;
};

/// One request below the mount point. No text may hold a NUL; header names are lower-case.
struct Request {
  std::string method = "GET";
  std::string path = "/";
  Pairs query{};
  Pairs headers{};
  std::string body{};
  std::optional<Principal> principal{};
  std::string remote{};
  std::string purpose{};
};

/// Receives an answer as the plugin produces it, on the thread of the call.
class ResponseSink {
 public:
  virtual ~ResponseSink() = default;
  virtual void begin(int http_status) = 0;
  virtual void header(const std::string& name, const std::string& value) = 0;
  /// False: the reader is gone.
  virtual bool write(std::string_view chunk) = 0;
  virtual bool flush() = 0;
};

/// A whole answer in memory.
struct Response {
  int status = 0;
  Pairs headers{};
  std::string body{};
  /// The first header of that lower-case name, or empty.
  std::string header(std::string_view name) const;
};

class BufferedSink : public ResponseSink {
 public:
  void begin(int http_status) override { response.status = http_status; }
  void header(const std::string& name, const std::string& value) override;
  bool write(std::string_view chunk) override;
  bool flush() override { return true; }
  Response response;
};

/// Calls the plugin with a request and a sink. Answers what handle_request answered, or
/// FACET_INVALID for a request that the C contract cannot carry or an answer that was never begun.
facet_status call_plugin(const facet_plugin& plugin, const Request& request, ResponseSink& sink);

}  // namespace facet::hosts
