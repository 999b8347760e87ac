// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/record_service.h"
#include "clinic/related_person.h"

namespace facet::clinic {

/// Kin, guardians and proxies. Who sees a patient's contact sees theirs. Threads: safe.
class RelatedPersonService {
 public:
  RelatedPersonService();
  RecordService<RelatedPerson> persons;
};

}  // namespace facet::clinic
