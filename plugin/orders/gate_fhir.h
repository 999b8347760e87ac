// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "orders/record_gate.h"
#include "rest/fhir_server.h"

namespace facet::orders {

/// Looks at the gate; nothing follows from a look, and it is audited but not kept as a decision.
///   GET Patient/{id}/$gate?service-request=&at=   Parameters {open, reason*}. `at` is now if left out;
///     up to the start of check-in ahead, today's questions count. Reception hears one sentence.
///   GET Patient/{id}/$gate-history   Parameters {decision {asked-at, for, decided, open, reason*}*}, the
///     latest 50 answers that acts depended on, newest first; for clinicians and whoever audits.
void mount_gate(const RecordGate& gate, storage::Acts& acts, rest::FhirServer& fhir,
                rest::Router& router);

}  // namespace facet::orders
