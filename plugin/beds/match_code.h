// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "beds/session.h"
#include "storage/act.h"

namespace facet::beds {

/// The code that the clinic's screen shows and the patient types at the bed, under the patient's
/// key.
std::string seal_match_code(storage::Act& act, const std::string& patient_id,
                            const std::string& code);
/// Empty if the patient was erased.
std::string open_match_code(storage::Act& act, const Session& session);

}  // namespace facet::beds
