// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/fhir_server.h"

namespace facet::exports {

/// Adds the routes of the admin's exports. What `fhir` has when it is asked is exported. Both must outlive the router.
void mount_exports(storage::Acts& acts, const rest::FhirServer& fhir, rest::Router& router);

}  // namespace facet::exports
