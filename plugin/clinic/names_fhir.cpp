// SPDX-License-Identifier: MPL-2.0
#include "clinic/names_fhir.h"

#include <algorithm>

namespace facet::clinic {

using base::Json;

namespace {

constexpr std::size_t longest_name = 400;  // bytes; 200 characters of most scripts

const std::string uses[] = {"usual", "official", "temp", "nickname", "anonymous", "old", "maiden"};

bool is_short_text(const Json& value) {
  return value.is_string() && !value.get_ref<const std::string&>().empty() &&
         value.get_ref<const std::string&>().size() <= longest_name;
}

bool is_name(const Json& name) {
  if (!name.is_object() || (!name.contains("text") && !name.contains("family"))) return false;
  for (const auto& [key, value] : name.items()) {
    if (key == "text" || key == "family") {
      if (!is_short_text(value)) return false;
    } else if (key == "use") {
      if (std::find(std::begin(uses), std::end(uses), value) == std::end(uses)) return false;
    } else if (key == "given" || key == "prefix" || key == "suffix") {
      if (!value.is_array() || value.size() > 5) return false;
      for (const auto& part : value)
        if (!is_short_text(part)) return false;
    } else {
      return false;
    }
  }
  return true;
}

void append(std::string& text, const Json& word) {
  text += (text.empty() ? "" : " ") + word.get<std::string>();
}

}  // namespace

void check_names(rest::Reader& reader, const Json& names) {
  bool good = names.is_array() && !names.empty() && names.size() <= 5;
  if (good)
    for (const auto& name : names) good = good && is_name(name);
  if (!good)
    reader.refuse("name",
                  "This needs 1 to 5 names, each with family or text, of at most 400 bytes a part; "
                  "use is one of FHIR's.");
}

std::string display_name(const Json& names) {
  if (!names.is_array() || names.empty()) return {};
  const auto& name = names[0];
  std::string text;
  if (name.contains("given"))
    for (const auto& given : name["given"]) append(text, given);
  if (name.contains("family")) append(text, name["family"]);
  return text.empty() && name.contains("text") ? name["text"].get<std::string>() : text;
}

std::string words_of_names(const Json& names) {
  std::string words;
  for (const auto& name : names)
    for (const auto& [key, value] : name.items()) {
      if (key == "text" || key == "family") append(words, value);
      if (key == "given")
        for (const auto& given : value) append(words, given);
    }
  return words;
}

std::string read_staff_name(rest::Reader& reader) {
  const auto& names = reader.element("name");
  check_names(reader, names);
  return reader.ok() ? display_name(names) : "";
}

}  // namespace facet::clinic
