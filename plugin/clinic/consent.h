// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/versioned_table.h"

namespace facet::clinic {

/// A patient's consent to one thing. Withdrawal is a new version that is inactive.
struct Consent {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::string status = "active";  // active, rejected, inactive, entered-in-error
  std::string category;           // treatment, bed, sharing, messages
  std::int64_t given_ms = 0;
  std::optional<std::string> text_version;    // of the words that were agreed to
  std::optional<std::string> performer_type;  // Patient, RelatedPerson
  std::optional<std::string> performer_id;    // who consented; the patient if nobody is named
  std::optional<std::int64_t> withdrawn_ms;   // set by the server
  std::optional<std::string> note;  // why it was withdrawn, or how competence was assessed
};

}  // namespace facet::clinic
