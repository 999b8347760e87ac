// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/record_service.h"
#include "knowledge/catalogue.h"
#include "symptoms/condition.h"

namespace facet::symptoms {

/// Problems. Their course (resolved, confirmed) goes on after the visit that recorded them and is
/// no amendment of it. Threads: safe.
class ConditionService {
 public:
  explicit ConditionService(const knowledge::Catalogue& catalogue);
  clinic::RecordService<Condition> conditions;
};

}  // namespace facet::symptoms
