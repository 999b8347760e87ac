// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <vector>

#include "knowledge/device_model.h"
#include "knowledge/screening.h"
#include "knowledge/symptom.h"

namespace facet::knowledge {

/// The meaning of each code of a closed list, in the order of Names<E>::list.
template <class E>
struct Meanings {
  Strings text;
  const std::string& of(E code) const { return text[static_cast<std::size_t>(code)]; }
};

struct LateralityCode {
  Laterality id;
  std::string sct;
  CodeStatus status;
  Strings sources;
};

/// Notices that must go with the codes wherever they are published.
struct CodeLicences {
  std::string snomed;
  std::string icd10;
  std::string loinc;
};

struct SymptomsAbout {
  std::string title;
  std::string version;
  std::string status;
  std::string language;
  std::string author_of_ideas;
  Meanings<CodeStatus> code_status;
  Meanings<BedBasis> bed_basis;
  Meanings<BedReach> bed_reach;
  std::string zone_note;
  Meanings<ClaimStatus> claim_status;
  Strings rules;
  std::string secrets_note;
  CodeLicences licences;
  std::vector<LateralityCode> laterality_codes;
  std::string icd_site_note;
};

struct ScreeningAbout {
  std::string title;
  std::string version;
  std::string status;
  std::string language;
  std::string reading_target;
  std::string not_a_diagnosis;
  std::string evidence_caution;
  std::string code_system_note;
  std::string regulatory_note;
  std::string sources_key;
};

/// schema/knowledge/symptoms.json
struct SymptomsData {
  SymptomsAbout about;
  std::vector<Secret> secrets;
  DeviceReach device_reach_default;
  std::vector<SpinalLevel> spinal_levels;
  std::vector<Nerve> nerves;
  std::vector<Symptom> symptoms;
};

/// schema/knowledge/screening.json
struct ScreeningData {
  ScreeningAbout about;
  std::vector<RedFlagActionText> red_flag_actions;
  std::vector<ContraindicationKindText> contraindication_kinds;
  std::vector<ContraindicationActionText> contraindication_actions;
  ScreeningLogic logic;
  SessionDefaults session_defaults;
  std::vector<RedFlag> red_flags;
  std::vector<Contraindication> contraindications;
  std::vector<DeviceModel> devices;
  CaudaEquinaCard cauda_equina_card;
};

}  // namespace facet::knowledge
