// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>

#include "hosts/common/door.h"

namespace facet::hosts {

/// A FHIR OperationOutcome with one issue of severity error.
std::string make_outcome(const std::string& code, const std::string& diagnostics);

/// What an OperationOutcome says as one line ("field: reason"), or a line from the status.
std::string explain(const Response& response);

}  // namespace facet::hosts
