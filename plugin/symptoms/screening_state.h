// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "knowledge/catalogue.h"
#include "knowledge/screening_rules.h"

namespace facet::symptoms {

/// Answered with yes, everything is asked again: only a whole screening given later settles it.
inline constexpr const char* changed_rule = "ci_changed_since_last";

/// One response, with its answers as values.
struct Given {
  std::string response_id;
  std::int64_t authored_ms = 0;
  knowledge::Answers answers;
};

/// What a patient has answered: the newest whole screening and the newest re-check.
struct Answered {
  std::optional<Given> whole;
  std::optional<Given> recheck;
};

/// Both as one set of answers. A re-check given later takes the place of the whole screening's answers
/// to contraindications. A red flag that either of them sets off is set off: its no must be the whole
/// screening's; so must be the no to `changed_rule`.
knowledge::Answers merged(const knowledge::Catalogue& catalogue, const Answered& answered);

/// Which of the two a rule that `merged` sets off was set off by. Null if neither.
const Given* source_of(const knowledge::Catalogue& catalogue, const Answered& answered,
                       const std::string& rule_id);

/// True if the answers say no to a rule; one that is not answered is not denied.
bool denies(const knowledge::Catalogue& catalogue, const knowledge::Answers& answers,
            const std::string& rule_id);

/// When a no was given, later than the moment, that settles a yes of that moment; nothing if none was.
std::optional<std::int64_t> settled_after(const knowledge::Catalogue& catalogue,
                                          const Answered& answered, const std::string& rule_id,
                                          std::int64_t at_ms);

}  // namespace facet::symptoms
