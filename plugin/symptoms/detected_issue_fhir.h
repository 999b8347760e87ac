// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/fhir_server.h"
#include "symptoms/detected_issue_service.h"

namespace facet::symptoms {

/// DetectedIssue {status: final or entered-in-error, code: urn:facet:screening-rule, severity, patient,
/// identifiedDateTime, implicated}, and the decision, which is all that a client changes:
///   mitigation [{action {text}, date, author {reference}, extension [
///     {url: urn:facet:valid-until, valueInstant},
///     {url: urn:facet:doctor-advice, extension [{url: name, valueString},
///       {url: registration, valueString}, {url: date, valueDate}]}]}]
/// Left out, the decision is withdrawn.
void mount_detected_issues(const DetectedIssueService& service, rest::FhirServer& fhir);

}  // namespace facet::symptoms
