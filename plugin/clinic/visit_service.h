// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/record_service.h"
#include "clinic/visit.h"

namespace facet::clinic {

/// Courses of care and visits. A visit is signed by its status, see visit_rules.h. Threads: safe.
class VisitService {
 public:
  VisitService();
  RecordService<EpisodeOfCare> episodes;
  RecordService<Encounter> encounters;
};

}  // namespace facet::clinic
