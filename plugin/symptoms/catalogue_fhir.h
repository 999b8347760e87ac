// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "knowledge/catalogue.h"
#include "rest/router.h"

namespace facet::symptoms {

/// GET /fhir/CodeSystem/symptom, /fhir/Questionnaire/screening: the catalogue, for anyone logged in.
void mount_catalogue(const knowledge::Catalogue& catalogue, rest::Router& router);

}  // namespace facet::symptoms
