// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/versioned_table.h"
#include "symptoms/complaint.h"

namespace facet::symptoms {

/// A complaint as a problem that is followed from visit to visit. It is unconfirmed until a
/// clinician says otherwise.
struct Condition {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::optional<std::string> encounter_id;  // where it was recorded
  std::optional<std::string>
      clinical_status;  // FHIR condition-clinical; none once entered in error
  std::string verification_status = "unconfirmed";  // FHIR condition-ver-status
  std::string code;
  std::optional<std::string> side;
  std::optional<std::string> region;
  std::optional<std::string> onset;  // FHIR date with its precision
  std::optional<std::int64_t> abated_ms;
  std::optional<std::string> evidence_id;  // an Observation
  std::optional<std::string> text;         // of a symptom that the catalogue does not have; sealed
  std::optional<std::string> note;         // free text, sealed

  /// con-4 of FHIR: what has abated is over.
  bool over() const {
    return clinical_status == "inactive" || clinical_status == "remission" ||
           clinical_status == "resolved";
  }
};

}  // namespace facet::symptoms
