// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/practitioner_service.h"

namespace facet::symptoms {

/// What a decision copies of the clinician who made it.
struct Registration {
  std::string role;  // of PractitionerRole; physiotherapist if there is none
  std::string regulator;
  std::string number;
  std::string expires;  // ISO date; the last day on which it holds
};

/// Of the clinician who is logged in and says that they decided. Errors: invalid with `field`: it is
/// somebody else, or has no registration that holds today.
base::Result<Registration> registration_of(storage::Act& act,
                                           const clinic::PractitionerService& practitioners,
                                           const std::string& practitioner_id,
                                           const std::string& field);

/// True if a decision that copied a registration still stands at a moment: the copy has not run out,
/// and whoever decided is registered now.
bool stands(storage::Act& act, const clinic::PractitionerService& practitioners,
            const std::string& practitioner_id, const std::string& expires, std::int64_t at_ms);

}  // namespace facet::symptoms
