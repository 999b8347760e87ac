// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/json.h"
#include "rest/message.h"

namespace facet::rest {

/// Why a change is made, from a Provenance: the text of its one reason. Who and when are the server's
/// to say. Errors: invalid.
base::Result<std::string> reason_of(const base::Json& provenance);

/// The same from a request's X-Provenance header; empty if there is none.
base::Result<std::string> reason_in(const Request& request);

}  // namespace facet::rest
