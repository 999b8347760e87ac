// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/outcome.h"

#include <algorithm>
#include <set>

#include "hosts/standalone/json.h"

namespace facet::hosts {
namespace {

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20; }, ' ');
  return text;
}

std::string explain_issue(const Json& issue) {
  std::string field;
  if (issue.contains("expression") && issue["expression"].is_array()) {
    for (const Json& part : issue["expression"]) {
      if (part.is_string()) field += (field.empty() ? "" : ", ") + part.get<std::string>();
    }
  }
  const std::string reason =
      issue.value("diagnostics", issue.value("code", std::string("refused")));
  // A bare type ("Appointment") tells a reader nothing that the reason does not.
  return field.find('.') == std::string::npos ? reason : field + ": " + reason;
}

}  // namespace

std::string make_outcome(const std::string& code, const std::string& diagnostics) {
  const Json outcome = {
      {"resourceType", "OperationOutcome"},
      {"issue", {{{"severity", "error"}, {"code", code}, {"diagnostics", diagnostics}}}}};
  return outcome.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string explain(const Response& response) {
  const Json body = Json::parse(response.body, nullptr, false);
  std::string text;
  std::set<std::string> said;
  if (body.is_object() && body.contains("issue") && body["issue"].is_array()) {
    for (const Json& issue : body["issue"]) {
      if (!issue.is_object()) continue;
      const std::string reason = explain_issue(issue);
      if (!said.insert(reason).second) continue;
      if (!text.empty()) text += text.ends_with('.') ? " " : "; ";
      text += reason;
    }
  }
  if (text.empty()) text = "the plugin answered HTTP " + std::to_string(response.status);
  return one_line(text);
}

}  // namespace facet::hosts
