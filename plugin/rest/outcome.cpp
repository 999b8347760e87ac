// SPDX-License-Identifier: MPL-2.0
#include "rest/outcome.h"

namespace facet::rest {

using base::ErrorCode;
using base::Json;

namespace {

/// HTTP status and FHIR issue-type (http://hl7.org/fhir/R4/valueset-issue-type.html) of each code.
struct Meaning {
  int status;
  const char* issue_type;
};

Meaning meaning(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid: return {400, "invalid"};
    case ErrorCode::not_found: return {404, "not-found"};
    case ErrorCode::denied: return {403, "forbidden"};
    case ErrorCode::conflict: return {409, "conflict"};
    case ErrorCode::blocked: return {422, "business-rule"};
    case ErrorCode::too_large: return {413, "too-long"};
    case ErrorCode::unsupported: return {400, "not-supported"};
    case ErrorCode::unavailable: return {503, "transient"};
    case ErrorCode::internal: break;
  }
  return {500, "exception"};
}

constexpr const char* internal_text =
    "Facet failed at this request; nothing was changed. Tell the administrator.";

/// A message may quote what was sent, cut anywhere.
std::string text_of(const Json& body) {
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json issue(ErrorCode code, const std::string& text, const std::string& field) {
  Json result{{"severity", "error"}, {"code", meaning(code).issue_type}, {"diagnostics", text}};
  if (!field.empty()) result["expression"] = Json::array({field});
  return result;
}

}  // namespace

int http_status(ErrorCode code) { return meaning(code).status; }

Json operation_outcome(const base::Error& error) {
  if (error.code == ErrorCode::internal)  // may quote the database, and so the record
    return {{"resourceType", "OperationOutcome"},
            {"issue", Json::array({issue(error.code, internal_text, "")})}};
  Json issues = Json::array({issue(error.code, error.message, error.field)});
  for (const auto& reason : error.reasons) issues.push_back(issue(error.code, reason, ""));
  return {{"resourceType", "OperationOutcome"}, {"issue", std::move(issues)}};
}

void send(Response& response, int status, std::string_view content_type, std::string_view body) {
  response.begin(status);
  response.header("content-type", content_type);
  response.write(body);
}

void send_fhir(Response& response, int status, const Json& resource) {
  const auto text = text_of(resource);
  response.begin(status);
  response.header("content-type", "application/fhir+json; charset=utf-8");
  if (resource.contains("meta") && resource["meta"].contains("versionId"))
    response.header("etag", "W/\"" + resource["meta"]["versionId"].get<std::string>() + "\"");
  response.write(text);
}

void send_json(Response& response, int status, const Json& body) {
  send(response, status, "application/json; charset=utf-8", text_of(body));
}

void send_error(Response& response, const base::Error& error) {
  send_fhir(response, http_status(error.code), operation_outcome(error));
}

}  // namespace facet::rest
