// SPDX-License-Identifier: MPL-2.0
#include "clinic/needs_fhir.h"

#include <algorithm>

#include "clinic/parts.h"

namespace facet::clinic {
namespace {

using base::Json;
using rest::Reader;

constexpr const char* interpreter_url =
    "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";
constexpr const char* format_url = "urn:facet:accessible-format";
constexpr const char* preference_url = "urn:facet:contact-preference";
constexpr const char* language_system = "urn:ietf:bcp:47";

const std::vector<std::string> formats{"large-print", "easy-read",   "audio", "braille",
                                       "bsl",         "email-plain", "other"};
const std::vector<std::string> preferences{"phone", "sms", "email", "post", "none"};

bool in(char c, char first, char last) {
  return c >= first && c <= last;
}
bool is_alpha(char c) {
  return in(c, 'a', 'z') || in(c, 'A', 'Z');
}
bool is_digit(char c) {
  return in(c, '0', '9');
}
bool is_alphanumeric(char c) {
  return is_alpha(c) || is_digit(c);
}
template <class Is>
bool all(std::string_view text, Is is) {
  return std::all_of(text.begin(), text.end(), is);
}

const Parts& general_practitioner() {
  static const Parts parts{{"display", short_text(400), true},
                           {"identifier", made_of({{"system", short_text(200), true},
                                                   {"value", short_text(100), true}})}};
  return parts;
}

const Parts& communication() {
  static const Form language{
      [](const Json& value) { return value.is_string() && is_language(value.get<std::string>()); },
      "This must be a language tag of BCP 47, like en-GB or bfi."};
  static const Parts coding{{"system", one_of({language_system}), true},
                            {"code", language, true},
                            {"display", short_text(100)}};
  static const Parts parts{
      {"language",
       {[](const Json& value) {
          return !fault_in(
              value, {{"coding", list_of(made_of(coding), 1), true}, {"text", short_text(100)}});
        },
        "This must be one coding with a language tag of BCP 47, like {system: urn:ietf:bcp:47, "
        "code: en-GB}."},
       true},
      {"preferred",
       {[](const Json& value) { return value.is_boolean(); }, "This must be true or false."}}};
  return parts;
}

void check_communication(Reader& r, const Json& list) {
  int preferred = 0;
  std::vector<Json> codes;
  for (const auto& one : list) {
    preferred += one.value("preferred", false) ? 1 : 0;
    const auto& code = one["language"]["coding"][0]["code"];
    if (std::find(codes.begin(), codes.end(), code) != codes.end())
      r.refuse("communication", "A language is there twice.");
    codes.push_back(code);
  }
  if (preferred > 1) r.refuse("communication", "At most one language is preferred.");
}

/// Codes of repeated extensions, comma-separated in their order.
std::optional<std::string> read_codes(Reader& r, const char* url,
                                      const std::vector<std::string>& known) {
  std::string text;
  std::vector<Json> seen;
  for (const auto& extension : r.whole_extensions(url)) {
    const auto code = extension.value("valueCode", Json());
    const bool good =
        extension.size() == 2 && std::find(known.begin(), known.end(), code) != known.end();
    if (!good || std::find(seen.begin(), seen.end(), code) != seen.end()) {
      std::string list;
      for (const auto& one : known) list += (list.empty() ? "" : ", ") + one;
      r.refuse("extension", std::string("The extension ") + url +
                                " takes each valueCode once, of: " + list + ".");
      return {};
    }
    text += (text.empty() ? "" : ",") + code.get<std::string>();
    seen.push_back(code);
  }
  if (text.empty()) return {};
  return text;
}

std::optional<bool> read_interpreter(Reader& r) {
  const auto found = r.whole_extensions(interpreter_url);
  if (found.empty()) return {};
  const auto value = found[0].value("valueBoolean", Json());
  if (found.size() == 1 && found[0].size() == 2 && value.is_boolean()) return value.get<bool>();
  r.refuse("extension",
           std::string("The extension ") + interpreter_url + " takes one valueBoolean.");
  return {};
}

void write_codes(Json& extensions, const char* url, const std::string& codes) {
  for (std::size_t at = 0; at <= codes.size();) {
    const auto end = std::min(codes.find(',', at), codes.size());
    extensions.push_back({{"url", url}, {"valueCode", codes.substr(at, end - at)}});
    at = end + 1;
  }
}

}  // namespace

bool is_language(std::string_view tag) {
  enum { script, region, variant } next = script;
  bool first = true;
  if (tag.empty() || tag.size() > 35) return false;
  for (std::size_t at = 0; at <= tag.size();) {
    const auto end = std::min(tag.find('-', at), tag.size());
    const auto part = tag.substr(at, end - at);
    at = end + 1;
    if (first) {
      if (part.size() < 2 || part.size() > 3 || !all(part, is_alpha)) return false;
      first = false;
    } else if (next == script && part.size() == 4 && all(part, is_alpha)) {
      next = region;
    } else if (next <= region && ((part.size() == 2 && all(part, is_alpha)) ||
                                  (part.size() == 3 && all(part, is_digit)))) {
      next = variant;
    } else if ((part.size() >= 5 && part.size() <= 8 && all(part, is_alphanumeric)) ||
               (part.size() == 4 && is_digit(part[0]) && all(part, is_alphanumeric))) {
      next = variant;
    } else {
      return false;
    }
  }
  return true;
}

void read_needs(Reader& r, Patient& patient) {
  const auto practitioners = read_list(r, "generalPractitioner", general_practitioner(), 2);
  if (!practitioners.is_null()) patient.general_practitioner = practitioners.dump();
  const auto languages = read_list(r, "communication", communication(), 10);
  check_communication(r, languages);
  if (!languages.is_null()) patient.communication = languages.dump();
  patient.interpreter = read_interpreter(r);
  patient.accessible_format = read_codes(r, format_url, formats);
  patient.contact_preference = read_codes(r, preference_url, preferences);
  const auto& order = patient.contact_preference;
  if (order && *order != "none" && order->find("none") != std::string::npos)
    r.refuse("extension", "Who wants no contact has no other preference.");
}

void write_needs(const Patient& p, Json& body) {
  Json extensions = Json::array();
  if (p.interpreter)
    extensions.push_back({{"url", interpreter_url}, {"valueBoolean", *p.interpreter}});
  if (p.accessible_format) write_codes(extensions, format_url, *p.accessible_format);
  if (p.contact_preference) write_codes(extensions, preference_url, *p.contact_preference);
  if (!extensions.empty()) body["extension"] = std::move(extensions);
  if (p.communication) body["communication"] = Json::parse(*p.communication);
  if (p.general_practitioner) body["generalPractitioner"] = Json::parse(*p.general_practitioner);
}

}  // namespace facet::clinic
