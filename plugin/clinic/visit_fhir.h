// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/visit_service.h"
#include "rest/fhir_server.h"

namespace facet::clinic {

base::Json write_episode(const EpisodeOfCare& episode);
base::Json write_encounter(const Encounter& encounter);
void mount_visits(const VisitService& service, rest::FhirServer& fhir);

}  // namespace facet::clinic
