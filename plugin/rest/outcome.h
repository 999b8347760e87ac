// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/json.h"
#include "base/result.h"
#include "rest/message.h"

namespace facet::rest {

int http_status(base::ErrorCode code);

/// FHIR R4 OperationOutcome: one issue for the error, one more for each reason of a refusal.
base::Json operation_outcome(const base::Error& error);

void send(Response& response, int http_status, std::string_view content_type, std::string_view body);
void send_fhir(Response& response, int http_status, const base::Json& resource);
void send_json(Response& response, int http_status, const base::Json& body);
void send_error(Response& response, const base::Error& error);

}  // namespace facet::rest
