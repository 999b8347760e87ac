// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/patient.h"
#include "clinic/record_service.h"

namespace facet::clinic {

/// Patients: identity, contact, search as you type. Threads: safe.
class PatientService {
 public:
  PatientService();

  /// By typed words (prefixes, accents and case ignored), identifiers, telephone and birth date, in
  /// the order of ids; by columns if none of them is asked. Errors: denied, invalid.
  base::Result<Listed<Patient>> search(storage::Act& act, const rest::SearchQuery& query) const;

  RecordService<Patient> patients;
};

}  // namespace facet::clinic
