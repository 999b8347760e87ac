// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/fhir_server.h"
#include "storage/audited_request.h"

namespace facet::clinic {

/// Around every answer to somebody who has logged in: a refusal that no act has audited, such as of
/// malformed JSON, an unknown address or parameter, is audited before it is said. Nobody's refusals
/// (401) are not: whoever can reach the server could fill the disk with them. Threads: one.
class AuditedResponse final : public rest::Response {
 public:
  AuditedResponse(storage::Acts& acts, const rest::FhirServer& fhir, const rest::Request& request,
                  rest::Response& response);
  /// A request that threw was not answered by the plugin's rules: it is audited as failed.
  ~AuditedResponse() override;

  void begin(int http_status) override;
  void header(std::string_view name, std::string_view value) override {
    response_.header(name, value);
  }
  bool write(std::string_view chunk) override { return response_.write(chunk); }
  bool flush() override { return response_.flush(); }

 private:
  void audit(const char* outcome, const std::string& reason);

  storage::Acts& acts_;
  const rest::Request& request_;
  rest::Response& response_;
  storage::AuditedRequest audited_;
  const int exceptions_;
};

}  // namespace facet::clinic
