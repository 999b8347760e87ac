// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/record_service.h"

namespace facet::clinic {

/// Reading why records were signed, amended, added to, taken back or merged; leave_provenance() in
/// visit_rules.h writes it. Threads: safe.
class ProvenanceService {
 public:
  ProvenanceService();
  RecordService<Provenance> provenances;
};

}  // namespace facet::clinic
