// SPDX-License-Identifier: MPL-2.0
#include "handouts/texts/language_tag.h"

#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <set>
#include <utility>

namespace facet::handouts {
namespace {

constexpr std::size_t longest_tag = 35;
constexpr std::size_t longest_subtag = 8;
constexpr std::size_t region_length = 2;
constexpr std::size_t script_length = 4;
constexpr std::string_view usual_english = "en-GB";

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::vector<std::string> subtags(std::string_view tag) {
  std::vector<std::string> parts(1);
  for (const char c : tag)
    if (c == '-')
      parts.emplace_back();
    else
      parts.back() += lower(c);
  return parts;
}

std::string primary(std::string_view tag) {
  return std::string(tag.substr(0, tag.find('-')));
}

std::string script(std::string_view tag) {
  const auto parts = subtags(tag);
  const bool given = parts.size() > 1 && parts[1].size() == script_length &&
                     std::all_of(parts[1].begin(), parts[1].end(), is_letter);
  return given ? parts[1] : "";
}

bool well_formed(const std::vector<std::string>& parts) {
  const auto& language = parts.front();
  if (language.size() < 2 || language.size() > 3 ||
      !std::all_of(language.begin(), language.end(), is_letter))
    return false;
  return std::all_of(parts.begin(), parts.end(), [](const std::string& part) {
    return !part.empty() && part.size() <= longest_subtag &&
           std::all_of(part.begin(), part.end(),
                       [](char c) { return is_letter(c) || is_digit(c); });
  });
}

std::set<std::string> read_languages() {
  std::set<std::string> languages;
  FcStrSet* set = FcGetLangs();
  FcStrList* list = set ? FcStrListCreate(set) : nullptr;
  if (list)
    while (const auto* tag = FcStrListNext(list))
      languages.insert(primary(reinterpret_cast<const char*>(tag)));
  if (list) FcStrListDone(list);
  if (set) FcStrSetDestroy(set);
  languages.erase("und");
  return languages;
}

/// Languages of patients in the United Kingdom.
constexpr std::pair<std::string_view, std::string_view> names[] = {
    {"am", "Amharic"},   {"ar", "Arabic"},     {"bg", "Bulgarian"}, {"bn", "Bengali"},
    {"cs", "Czech"},     {"cy", "Welsh"},      {"de", "German"},    {"el", "Greek"},
    {"en", "English"},   {"es", "Spanish"},    {"fa", "Farsi"},     {"fr", "French"},
    {"ga", "Irish"},     {"gd", "Gaelic"},     {"gu", "Gujarati"},  {"hi", "Hindi"},
    {"hu", "Hungarian"}, {"it", "Italian"},    {"ja", "Japanese"},  {"ko", "Korean"},
    {"ku", "Kurdish"},   {"lt", "Lithuanian"}, {"lv", "Latvian"},   {"ml", "Malayalam"},
    {"ne", "Nepali"},    {"nl", "Dutch"},      {"pa", "Panjabi"},   {"pl", "Polish"},
    {"ps", "Pashto"},    {"pt", "Portuguese"}, {"ro", "Romanian"},  {"ru", "Russian"},
    {"sk", "Slovak"},    {"so", "Somali"},     {"sq", "Albanian"},  {"sw", "Swahili"},
    {"ta", "Tamil"},     {"ti", "Tigrinya"},   {"tr", "Turkish"},   {"uk", "Ukrainian"},
    {"ur", "Urdu"},      {"vi", "Vietnamese"}, {"zh", "Chinese"}};

}  // namespace

std::optional<std::string> canonical_tag(std::string_view tag) {
  if (tag.empty() || tag.size() > longest_tag) return std::nullopt;
  auto parts = subtags(tag);
  if (!well_formed(parts)) return std::nullopt;
  std::string canonical = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) {
    auto& part = parts[i];
    if (part.size() == region_length) std::transform(part.begin(), part.end(), part.begin(), upper);
    if (part.size() == script_length && is_letter(part.front())) part.front() = upper(part.front());
    canonical += '-' + part;
  }
  return canonical;
}

std::optional<std::string> best_match(std::string_view tag, const std::vector<std::string>& codes) {
  for (auto part = tag; !part.empty(); part = part.substr(0, part.find_last_of('-'))) {
    if (std::find(codes.begin(), codes.end(), part) != codes.end()) return std::string(part);
    if (part.find('-') == std::string_view::npos) break;
  }
  const auto near = [&](const std::string& code) {
    const bool one_script =
        script(code).empty() || script(tag).empty() || script(code) == script(tag);
    return one_script && primary(code) == primary(tag);
  };
  if (near(std::string(usual_english)) &&
      std::find(codes.begin(), codes.end(), usual_english) != codes.end())
    return std::string(usual_english);
  const auto found = std::find_if(codes.begin(), codes.end(), near);
  if (found == codes.end()) return std::nullopt;
  return *found;
}

bool is_language(std::string_view tag) {
  static const std::set<std::string> languages = read_languages();
  return languages.contains(primary(tag));
}

std::string english_name(std::string_view tag) {
  const auto code = primary(tag);
  for (const auto& [known, name] : names)
    if (code == known) return std::string(name);
  return std::string(tag);
}

}  // namespace facet::handouts
