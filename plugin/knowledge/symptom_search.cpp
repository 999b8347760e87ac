// SPDX-License-Identifier: MPL-2.0
#include "knowledge/symptom_search.h"

#include <algorithm>
#include <array>

#include "knowledge/body_part.h"

namespace facet::knowledge {
namespace {

constexpr std::string_view right_quote = "\xE2\x80\x99";

/// Letters, digits and all of UTF-8 beyond ASCII; the dot only inside a word, as in "m77.1".
bool in_word(char c, bool started) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || byte >= 0x80 ||
         (c == '.' && started);
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

Strings words_of(std::string_view text) {
  Strings words;
  std::string word;
  const auto end_word = [&] {
    while (!word.empty() && word.back() == '.') word.pop_back();
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  while (!text.empty()) {
    const bool curly = text.substr(0, right_quote.size()) == right_quote;
    const char c = lower(text.front());
    if (!curly && c != '\'') {
      if (in_word(c, !word.empty()))
        word.push_back(c);
      else
        end_word();
    }
    text.remove_prefix(curly ? right_quote.size() : 1);
  }
  end_word();
  return words;
}

bool all_begin_a_word(const Strings& wanted, const Strings& words) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& start) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return word.rfind(start, 0) == 0; });
  });
}

/// 0 is the best; no_match is none.
constexpr std::size_t no_match = 4;
std::size_t rank(const Symptom& symptom, const Strings& wanted) {
  auto words = words_of(symptom.plain_name);
  if (all_begin_a_word(wanted, words)) return 0;
  const auto add = [&](std::string_view text) {
    auto more = words_of(text);
    words.insert(words.end(), std::make_move_iterator(more.begin()),
                 std::make_move_iterator(more.end()));
  };
  for (const auto* text :
       {&symptom.clinical_name, &symptom.snomed.fsn, &symptom.id, &symptom.icd10.code})
    add(*text);
  if (all_begin_a_word(wanted, words)) return 1;
  for (const auto& code : symptom.icd10.alternatives) add(code);
  if (all_begin_a_word(wanted, words)) return 2;
  for (const auto& part : body_parts())
    if (part.holds(symptom)) {
      add(part.name);
      add(part.lay_words);
    }
  return all_begin_a_word(wanted, words) ? 3 : no_match;
}

}  // namespace

std::vector<const Symptom*> search_symptoms(const Catalogue& catalogue, std::string_view text) {
  const auto wanted = words_of(text);
  std::array<std::vector<const Symptom*>, no_match + 1> ranked;
  for (const auto& symptom : catalogue.symptoms())
    ranked[rank(symptom, wanted)].push_back(&symptom);
  auto found = std::move(ranked[0]);
  for (std::size_t i = 1; i < no_match; ++i)
    found.insert(found.end(), ranked[i].begin(), ranked[i].end());
  return found;
}

}  // namespace facet::knowledge
