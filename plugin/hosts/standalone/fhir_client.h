// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>

#include "hosts/common/host_error.h"
#include "hosts/common/plugin_instance.h"
#include "hosts/standalone/json.h"

namespace facet::hosts {

/// The plugin said no. The message is the reason as one line.
class Refused : public HostError {
 public:
  Refused(int status, const std::string& reason) : HostError(reason), status_(status) {}
  int status() const { return status_; }

 private:
  int status_;
};

/// Speaks FHIR through the in-process door as one principal.
class FhirClient {
 public:
  FhirClient(PluginInstance& plugin, Principal principal)
      : plugin_(plugin), principal_(std::move(principal)) {}

  /// Paths may carry a query (not encoded). Throws Refused unless the answer is 2xx.
  Json get(const std::string& path) { return parse(ask("GET", path, {})); }
  Json post(const std::string& path, const Json& body) { return parse(ask("POST", path, body)); }
  /// The same with a body that is not JSON.
  Json post_text(const std::string& path, const std::string& body);
  /// Creates or replaces `resource` under the id it carries.
  Json put(const Json& resource);
  /// Bytes that are not JSON.
  std::string get_bytes(const std::string& path) { return ask("GET", path, {}).body; }

  /// The same request without the check, for an answer that is streamed.
  Request request(const std::string& method, const std::string& path, const Json& body) const;
  PluginInstance& plugin() { return plugin_; }

 private:
  Response ask(const std::string& method, const std::string& path, const Json& body);
  Response ask(const Request& request);
  static Json parse(const Response& response);

  PluginInstance& plugin_;
  Principal principal_;
};

}  // namespace facet::hosts
