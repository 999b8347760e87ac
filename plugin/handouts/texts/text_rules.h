// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "handouts/texts/text_pack.h"

namespace facet::handouts {

using Keyed = std::map<std::string, Template, std::less<>>;

/// A running text that every pack must have.
struct SectionRule {
  std::string_view name;
  std::size_t most_blocks;
  bool heading;
};
extern const std::array<SectionRule, 7> section_rules;

/// A word or sentence that a keyed list must have. `gaps` are the placeholders' names, separated by
/// blanks; the words may leave out one that ends in `?`, and must use the others.
struct KeyRule {
  std::string_view key;
  std::string_view gaps;
};
std::span<const KeyRule> label_rules();
extern const std::array<KeyRule, 6> secret_rules;
extern const std::array<KeyRule, 5> pack_rules;

base::Status check_gaps(const Template& words, std::string_view gaps);
base::Status check_section(const TextFile& file, const SectionRule& rule);
/// Every key of the rules and no other, each with its gaps.
base::Status check_keys(const std::string& file, const Keyed& entries,
                        std::span<const KeyRule> rules);
/// The entries of a keyed list, in any order, no key twice.
base::Result<Keyed> read_keys(const TextFile& file);

/// The line where a text starts, to say where something is wrong.
int line_of(const Template& words);

}  // namespace facet::handouts
