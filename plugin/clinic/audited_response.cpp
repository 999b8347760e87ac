// SPDX-License-Identifier: MPL-2.0
#include "clinic/audited_response.h"

#include <algorithm>
#include <exception>

#include "base/uuid.h"

namespace facet::clinic {
namespace {

char action_of(const rest::Request& request) {
  if (request.path.find("/$") != std::string_view::npos) return 'E';
  if (request.path.ends_with("/_search") || request.method == "GET") return 'R';
  if (request.method == "POST") return 'C';
  if (request.method == "PUT" || request.method == "PATCH") return 'U';
  return request.method == "DELETE" ? 'D' : 'E';
}

/// The part of a path between two slashes; empty if there is none.
std::string_view segment(std::string_view path, int place) {
  for (; place > 0; --place) {
    const auto slash = path.find('/', 1);
    if (slash == std::string_view::npos) return {};
    path.remove_prefix(slash);
  }
  return path.substr(1, path.find('/', 1) - 1);
}

/// What was asked for, as far as the address says; nothing that is not a type or an id.
storage::Access access_of(const rest::FhirServer& fhir, const rest::Request& request) {
  storage::Access access;
  access.action = action_of(request);
  if (!request.path.starts_with("/fhir/")) return access;
  const auto& types = fhir.types();
  const auto type = std::find_if(types.begin(), types.end(), [&](const rest::FhirType& one) {
    return one.name == segment(request.path, 1);
  });
  if (type == types.end()) return access;
  access.type = type->name;
  if (const auto id = segment(request.path, 2); base::is_fhir_id(id)) access.id = id;
  auto patient = std::string(request.parameter("patient").value_or(""));
  if (patient.starts_with("Patient/")) patient.erase(0, 8);
  if (access.type == "Patient") patient = access.id;
  if (base::is_fhir_id(patient)) access.patient_ids = {patient};
  return access;
}

/// The browser's files are nobody's data.
bool is_about_data(std::string_view path) {
  const auto folder = segment(path, 0);
  return !folder.empty() && folder != "assets";
}

}  // namespace

AuditedResponse::AuditedResponse(storage::Acts& acts, const rest::FhirServer& fhir,
                                 const rest::Request& request, rest::Response& response)
    : acts_(acts),
      request_(request),
      response_(response),
      audited_(access_of(fhir, request)),
      exceptions_(std::uncaught_exceptions()) {}

AuditedResponse::~AuditedResponse() {
  if (std::uncaught_exceptions() <= exceptions_) return;
  try {
    audit("8", "");
  } catch (...) {  // memory: the host is told of the first exception
  }
}

void AuditedResponse::begin(int http_status) {
  if (http_status >= 400)
    audit(http_status >= 500 ? "8" : "4", "status " + std::to_string(http_status));
  response_.begin(http_status);
}

void AuditedResponse::audit(const char* outcome, const std::string& reason) {
  if (!request_.authenticated || audited_.refused() || !is_about_data(request_.path)) return;
  audited_.set_refused();
  // If this fails the database is down, and nothing can be read or written either.
  (void)acts_.database().write([&](storage::Transaction& tx) -> base::Status {
    auto access = audited_.what(tx);
    access.outcome = outcome;
    access.reason = reason;
    acts_.audit().append(tx, request_.principal, access, acts_.clock().now_ms());
    return {};
  });
}

}  // namespace facet::clinic
