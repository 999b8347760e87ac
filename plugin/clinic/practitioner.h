// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/versioned_table.h"

namespace facet::clinic {

/// A member of staff. The id of a clinician who logs in is the user_id that the host passes.
struct Practitioner {
  std::string id;
  storage::Version version;
  std::string organization_id;
  bool active = true;
  std::string name;
  std::optional<std::string> regulator;  // e.g. "HCPC"
  std::optional<std::string> registration_number;
  std::optional<std::string> registration_expires;  // ISO date; the last day on which it holds
};

/// What a member of staff does at one place.
struct PractitionerRole {
  std::string id;
  storage::Version version;
  bool active = true;
  std::string practitioner_id;
  std::string organization_id;
  std::optional<std::string> location_id;
  std::string code;  // physiotherapist, doctor, assistant, receptionist, manager
  std::optional<std::int64_t> start_ms, end_ms;
};

/// True if the registration is complete and holds on a day (ISO date).
bool registered_on(const Practitioner& practitioner, const std::string& day);

}  // namespace facet::clinic
