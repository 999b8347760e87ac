// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/draft_service.h"
#include "rest/fhir_server.h"

namespace facet::clinic {

/// PUT, GET and DELETE Encounter/{id}/$draft, GET Encounter/$drafts, POST Encounter/{id}/$sign.
/// Everything named must outlive the router.
void mount_drafts(const DraftService& service, storage::Acts& acts, rest::FhirServer& fhir,
                  rest::Router& router);

}  // namespace facet::clinic
