// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <chrono>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "handouts/handout_input.h"
#include "handouts/texts/text_pack.h"

namespace facet::handouts {

/// A text that lacks a value. A pack that passed TextPack::parse cannot come to it; build_handout
/// turns the rare defect back into an Error.
struct Refused {
  base::Error error;
};

/// Says single facts in the words of one pack. A value whose script runs against the pack's is kept
/// together by Unicode's isolates, so that "C5-C6" and a telephone number stay whole in Arabic.
/// Throws Refused.
class Words {
 public:
  explicit Words(const TextPack& texts) : texts_(texts) {}

  const TextPack& texts() const { return texts_; }
  Paragraph filled(const Template& words, const Values& values) const;
  std::string label(std::string_view key, const Values& values = {}) const;

  std::string date(std::chrono::year_month_day date) const;
  std::string time(const LocalTime& time) const;

  /// "a", "a and b", "a, b and c". Not for an empty list.
  std::string list(const std::vector<std::string>& items) const;

  std::string symptom_name(const SymptomInput& symptom) const;
  /// "Tennis elbow, right: 6 out of 10".
  std::string symptom_title(const SymptomInput& symptom) const;
  std::string nerve_path(const SymptomInput& symptom, const std::vector<int>& levels) const;
  std::string bed_reach(const SymptomInput& symptom) const;

  /// "C5-C6", "C5-C6 and C6-C7" or, for a run of three and more, "L1-L2 to L5-S1".
  std::string joints(const std::vector<int>& levels) const;
  std::string stiffness(const std::vector<JointInput>& joints) const;
  std::string bed_session(const BedSessionInput& session) const;

 private:
  std::string region(const std::vector<int>& levels) const;
  std::string nerves(const std::vector<NerveInput>& nerves) const;
  std::string joint(const JointInput& joint) const;

  const TextPack& texts_;
};

}  // namespace facet::handouts
