// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <vector>

#include "knowledge/answers.h"
#include "knowledge/screening.h"

namespace facet::knowledge {

/// What the answers say of one red flag on its own, before combinations.
struct RedFlagDecision {
  enum Value { no, yes, undecided } value = undecided;
  std::vector<std::string> missing;  // linkIds that would decide it
  std::vector<std::string> unsure;   // linkIds that count as yes though unsure
};

RedFlagDecision decide(const RedFlag& flag, const Answers& answers);

}  // namespace facet::knowledge
