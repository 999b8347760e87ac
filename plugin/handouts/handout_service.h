// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/patient_service.h"
#include "clinic/practitioner_service.h"
#include "handouts/document.h"
#include "handouts/handout_model.h"
#include "symptoms/observation_service.h"

namespace facet::handouts {

/// Makes handouts for patients and keeps what was given. Threads: safe.
class HandoutService {
 public:
  HandoutService(storage::Acts& acts, std::string clinic_name,
                 const clinic::PatientService& patients,
                 const clinic::PractitionerService& practitioners,
                 const symptoms::ObservationService& observations);

  /// Prints the handout for one patient from the record as it stands, and keeps the bytes. Drawn
  /// between two transactions, so that nobody waits for a page to be laid out.
  /// Errors: denied; not_found, unknown patient; invalid, unknown language.
  base::Result<Document> give(const base::Principal& who, const std::string& patient_id,
                              const std::string& language) const;

  /// The bytes of what was given. Errors: denied, not_found.
  base::Result<Content> content(storage::Act& act, const std::string& content_id) const;

  clinic::RecordService<Document> documents;

 private:
  base::Result<HandoutInput> gather(storage::Act& act, const std::string& patient_id) const;

  storage::Acts& acts_;
  std::string clinic_name_;
  const clinic::PatientService& patients_;
  const clinic::PractitionerService& practitioners_;
  const symptoms::ObservationService& observations_;
};

}  // namespace facet::handouts
