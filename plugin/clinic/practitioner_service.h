// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/practitioner.h"
#include "clinic/record_service.h"

namespace facet::clinic {

/// Staff and their registration. Threads: safe.
class PractitionerService {
 public:
  PractitionerService();
  RecordService<Practitioner> practitioners;
};

}  // namespace facet::clinic
