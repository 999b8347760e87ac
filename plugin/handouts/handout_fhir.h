// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/handout_service.h"
#include "rest/fhir_server.h"

namespace facet::handouts {

base::Json write_document(const Document& document);

/// The parameters of $handout as names and values; nothing in an empty body. Errors: invalid.
base::Result<rest::Pairs> read_parameters(std::string_view body);

/// POST /fhir/Patient/{id}/$handout, DocumentReference, GET /fhir/Binary/{id} (the bytes themselves),
/// POST /fhir/DocumentReference/{id}/$enter-in-error with its reason in X-Provenance.
void mount_handouts(const HandoutService& service, storage::Acts& acts, rest::FhirServer& fhir,
                    rest::Router& router);

}  // namespace facet::handouts
