// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <vector>

#include "knowledge/anatomy.h"

namespace facet::knowledge {

struct BodySite {
  std::string id;  // SNOMED CT
  std::string text;
  CodeStatus status;
  Strings sources;
};

/// A code of the WHO's ICD-10. Its titles need a licence and are not here.
struct Icd10 {
  std::string code;
  Strings alternatives;
  std::string note;
  CodeStatus status;
  Strings sources;
};

struct Snomed {
  std::string id;
  std::string fsn;
  std::string note;
  CodeStatus status;
  Strings sources;
};

struct SeverityScale {
  std::string system;
  std::string code;
  std::string name;
  int min;
  int max;
  CodeStatus status;
};

/// Where the bed may press for a symptom. `reason` is for the clinician, and must be shown
/// whenever it is not empty.
struct BedRange {
  BedBasis basis;
  Strings segments;
  std::vector<SpinalZone> zones;
  BedReach reach;
  std::string reason;
};

struct Symptom {
  std::string id;
  std::string plain_name;
  std::string clinical_name;
  Region region;
  std::vector<Laterality> laterality;  // empty: side is not asked
  BodySite body_site;
  Icd10 icd10;
  Snomed snomed;
  SeverityScale severity;
  Strings nerves;
  Strings roots;
  Strings anatomical_segments;
  BedRange bed;
  std::vector<int> secrets;  // ideas that it illustrates; never a causal claim
  bool named_by_author;
  std::vector<int> named_in;
  ClaimStatus claim_status;
  Strings ask_red_flags;
  std::string evidence_note;
};

}  // namespace facet::knowledge
