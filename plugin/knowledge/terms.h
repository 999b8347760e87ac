// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace facet::knowledge {

/// The closed lists of the catalogue. Each enumeration has its codes, in the same order, in
/// Names<E>::list; the loader refuses a catalogue whose own `enumerations` say otherwise.
template <class E>
struct Names;

template <class E>
constexpr std::string_view code_of(E value) {
  return Names<E>::list[static_cast<std::size_t>(value)];
}

template <class E>
constexpr std::optional<E> from_code(std::string_view code) {
  for (std::size_t i = 0; i < Names<E>::list.size(); ++i)
    if (Names<E>::list[i] == code) return static_cast<E>(i);
  return {};
}

template <std::size_t N>
using Codes = std::array<std::string_view, N>;

enum class Region { head, neck, upper_limb, trunk, pelvis, lower_limb, general };
template <>
struct Names<Region> {
  static constexpr Codes<7> list{"head",   "neck",       "upper_limb", "trunk",
                                 "pelvis", "lower_limb", "general"};
};

enum class Laterality { left, right, both, midline };
template <>
struct Names<Laterality> {
  static constexpr Codes<4> list{"left", "right", "both", "midline"};
};

enum class NerveRegion { head, neck, back, trunk, arm, leg };
template <>
struct Names<NerveRegion> {
  static constexpr Codes<6> list{"head", "neck", "back", "trunk", "arm", "leg"};
};

enum class NerveKind { cranial, nerve, plexus, group };
template <>
struct Names<NerveKind> {
  static constexpr Codes<4> list{"cranial", "nerve", "plexus", "group"};
};

/// Third of the back that a spinal level lies in; `none` is above the reach of the bed.
enum class SpinalZone { upper, mid, lower, none };
template <>
struct Names<SpinalZone> {
  static constexpr Codes<4> list{"upper", "mid", "lower", "none"};
};

/// One of the six parts of a bed that can be pressed or spared.
enum class BedZone { left_upper, right_upper, left_mid, right_mid, left_lower, right_lower };
template <>
struct Names<BedZone> {
  static constexpr Codes<6> list{"left_upper", "right_upper", "left_mid",
                                 "right_mid",  "left_lower",  "right_lower"};
};

/// Where a symptom's bed range comes from. `adjacent` is the author's method, not anatomy, and
/// must be labelled so.
enum class BedBasis { segmental, adjacent, none };
template <>
struct Names<BedBasis> {
  static constexpr Codes<3> list{"segmental", "adjacent", "none"};
};

enum class BedReach { full, partial, none_direct, none };
template <>
struct Names<BedReach> {
  static constexpr Codes<4> list{"full", "partial", "none_direct", "none"};
};

/// What may be said in public about care for a symptom.
enum class ClaimStatus { asa_general_ok, conditional, needs_trial_evidence, record_only };
template <>
struct Names<ClaimStatus> {
  static constexpr Codes<4> list{"asa_general_ok", "conditional", "needs_trial_evidence",
                                 "record_only"};
};

enum class CodeStatus { verified, corroborated, verified_2019, local };
template <>
struct Names<CodeStatus> {
  static constexpr Codes<4> list{"verified", "corroborated", "verified_2019", "local"};
};

/// Highest first: a smaller value is the more urgent action.
enum class RedFlagAction { emergency, same_day, refer_soon, refer_routine, caution };
template <>
struct Names<RedFlagAction> {
  static constexpr Codes<5> list{"emergency", "same_day", "refer_soon", "refer_routine", "caution"};
};

enum class RedFlagGroup {
  cauda_equina,
  neuro,
  spinal_cord,
  fracture,
  cancer,
  infection,
  inflammatory,
  head,
  vascular_neck,
  chest,
  abdomen,
  leg_vessel,
  injury,
  tendon,
  skin,
  pregnancy,
  mental_health,
  context
};
template <>
struct Names<RedFlagGroup> {
  static constexpr Codes<18> list{
      "cauda_equina", "neuro",  "spinal_cord",   "fracture",  "cancer",        "infection",
      "inflammatory", "head",   "vascular_neck", "chest",     "abdomen",       "leg_vessel",
      "injury",       "tendon", "skin",          "pregnancy", "mental_health", "context"};
};

enum class Answer { yes, no, unsure };
template <>
struct Names<Answer> {
  static constexpr Codes<3> list{"yes", "no", "unsure"};
};

/// absolute: nobody may overrule it while it is true. absolute_for_software: blocked until
/// clear_role overrules in writing. relative: clear_role reviews and decides.
enum class ContraindicationKind { absolute, absolute_for_software, relative };
template <>
struct Names<ContraindicationKind> {
  static constexpr Codes<3> list{"absolute", "absolute_for_software", "relative"};
};

enum class ContraindicationAction {
  block,
  block_today,
  block_zone_or_all,
  modify_or_block,
  clinician_review,
  supervise
};
template <>
struct Names<ContraindicationAction> {
  static constexpr Codes<6> list{"block",           "block_today",      "block_zone_or_all",
                                 "modify_or_block", "clinician_review", "supervise"};
};

/// What a contraindication keeps the bed away from.
enum class BlockedZone { all, upper, affected };
template <>
struct Names<BlockedZone> {
  static constexpr Codes<3> list{"all", "upper", "affected"};
};

enum class AnsweredBy { patient, record, clinician };
template <>
struct Names<AnsweredBy> {
  static constexpr Codes<3> list{"patient", "record", "clinician"};
};

enum class ClearRole {
  nobody,
  clinician,
  doctor,
  surgeon,
  cardiology,
  oncology,
  rheumatology,
  time
};
template <>
struct Names<ClearRole> {
  static constexpr Codes<8> list{"nobody",     "clinician", "doctor",       "surgeon",
                                 "cardiology", "oncology",  "rheumatology", "time"};
};

enum class LimitName {
  age_min_years,
  age_review_years,
  height_min_cm,
  height_max_cm,
  weight_max_kg,
  session_min_minutes,
  session_max_minutes,
  fingers
};
template <>
struct Names<LimitName> {
  static constexpr Codes<8> list{"age_min_years",       "age_review_years", "height_min_cm",
                                 "height_max_cm",       "weight_max_kg",    "session_min_minutes",
                                 "session_max_minutes", "fingers"};
};

enum class FactTopic {
  mechanism,
  region,
  zones,
  session,
  frequency,
  strength,
  programmes,
  evidence,
  intended_use,
  regulation,
  contraindications,
  fingers
};
template <>
struct Names<FactTopic> {
  static constexpr Codes<12> list{
      "mechanism",  "region",   "zones",        "session",    "frequency",         "strength",
      "programmes", "evidence", "intended_use", "regulation", "contraindications", "fingers"};
};

/// Nerve roots in the order of the body. Cranial roots and S2 to Co1 leave at no spinal level.
inline constexpr Codes<34> root_codes{
    "CN V", "CN V3", "CN VIII", "C1", "C2", "C3", "C4", "C5", "C6",  "C7",  "C8",  "T1",
    "T2",   "T3",    "T4",      "T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12", "L1",
    "L2",   "L3",    "L4",      "L5", "S1", "S2", "S3", "S4", "S5",  "Co1"};

}  // namespace facet::knowledge
