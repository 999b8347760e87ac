// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/versioned_table.h"

namespace facet::handouts {

/// What was given to a patient (FHIR DocumentReference). The bytes are kept, sealed under the
/// patient's key, so that exactly what was given can be shown again.
struct Document {
  std::string id;
  storage::Version version;
  std::string patient_id;
  std::string status = "current";  // current, superseded, entered-in-error
  std::string language;            // BCP 47
  /// The language that was asked for, track, sides and delivery are absent of what was given before
  /// they were kept.
  std::optional<std::string> language_asked;
  std::optional<std::string> track;  // relief, prevention
  std::string paper = "a4";          // letter
  std::string text_size = "standard";  // large
  std::optional<std::string> sides;    // one, two
  bool booklet = false;
  std::optional<std::string> recipient_id;  // RelatedPerson; absent: the patient
  std::optional<std::string> delivery;      // print, email
  std::string text_version;
  std::string content_id;  // FHIR Binary
  std::string content_type;
  std::string content_sha256;  // hexadecimal
  std::int64_t content_bytes = 0;
  std::int64_t given_ms = 0;
  std::string given_by;  // principal
};

struct Content {
  std::string type;
  std::string bytes;
};

}  // namespace facet::handouts
