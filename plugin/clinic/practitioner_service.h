// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/practitioner.h"
#include "clinic/record_service.h"

namespace facet::clinic {

/// Staff, their registration and what they do where. Threads: safe.
class PractitionerService {
 public:
  PractitionerService();
  RecordService<Practitioner> practitioners;
  RecordService<PractitionerRole> roles;
};

}  // namespace facet::clinic
