// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/patient.h"
#include "clinic/record_service.h"

namespace facet::clinic {

/// Patients: identity, contact, search as you type. Threads: safe.
class PatientService {
 public:
  PatientService();

  /// By typed words (prefixes, accents and case ignored); all patients, oldest first, if nothing was
  /// typed. Errors: denied.
  base::Result<std::vector<Patient>> search(storage::Act& act, std::string_view typed,
                                            int limit) const;

  RecordService<Patient> patients;
};

}  // namespace facet::clinic
