// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace facet::clinic {

/// One row of the audit trail, as storage/audit_chain.h wrote it.
struct AuditEvent {
  std::string chain;
  std::int64_t number = 0;
  std::string id;
  std::int64_t recorded_ms = 0;
  std::string principal;
  std::vector<std::string> roles;
  std::string remote;
  std::string purpose;
  std::string action;  // FHIR R4 AuditEvent.action
  std::string resource_type;
  std::string resource_id;  // empty for a list
  std::vector<std::string> patient_ids;
  std::string outcome;
  std::string reason;
  std::string mac;
};

}  // namespace facet::clinic
