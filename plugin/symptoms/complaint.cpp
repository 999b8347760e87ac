// SPDX-License-Identifier: MPL-2.0
#include "symptoms/complaint.h"

#include <algorithm>

#include "base/interval.h"
#include "knowledge/body_part.h"
#include "knowledge/terms.h"

namespace facet::symptoms {
namespace {

using base::invalid;
using base::Json;
using base::Status;

constexpr std::size_t most_words_bytes = 1000;
constexpr const char* snomed_system = "http://snomed.info/sct";
constexpr const char* icd10_system = "http://hl7.org/fhir/sid/icd-10";

Status check_side(const std::string& field, const knowledge::Symptom& symptom,
                  const std::optional<std::string>& side) {
  const auto& sides = symptom.laterality;
  // What can be midline need not be given a side; an elbow must be the left, the right or both.
  const bool needed = !sides.empty() && std::find(sides.begin(), sides.end(),
                                                  knowledge::Laterality::midline) == sides.end();
  if (needed && !side) return invalid(field, "This symptom needs its side.");
  if (sides.empty() && side) return invalid(field, "This symptom has no side.");
  if (side && std::none_of(sides.begin(), sides.end(),
                           [&](auto one) { return knowledge::code_of(one) == *side; }))
    return invalid(field, "This symptom cannot be on that side.");
  return {};
}

Status check_other(const std::string& type, const Complaint& complaint) {
  if (!complaint.words)
    return invalid(type + ".code.text", "A symptom that is not in the catalogue needs its words.");
  if (!complaint.region || !knowledge::from_code<knowledge::Region>(*complaint.region))
    return invalid(type + ".bodySite",
                   std::string("Such a symptom needs a region of the body: a coding of ") +
                       region_system + ".");
  if (complaint.side && !knowledge::from_code<knowledge::Laterality>(*complaint.side))
    return invalid(type + ".bodySite", "A side is left, right, both or midline.");
  return {};
}

}  // namespace

Status check_complaint(const knowledge::Catalogue& catalogue, const std::string& type,
                       const Complaint& complaint) {
  if (complaint.code == knowledge::other_symptom_id) return check_other(type, complaint);
  const auto* symptom = catalogue.find_symptom(complaint.code);
  if (symptom == nullptr)
    return invalid(type + ".code",
                   "The catalogue has no symptom \"" + complaint.code.substr(0, 64) + "\".");
  if (complaint.words)
    return invalid(type + ".code.text", "Only the symptom \"other\" takes words of its own.");
  if (complaint.region)
    return invalid(type + ".bodySite", "The catalogue says where this symptom is.");
  return check_side(type + ".bodySite", *symptom, complaint.side);
}

std::optional<std::string> read_words(rest::Reader& r, const std::string& code) {
  const auto& concept_json = r.element("code");
  if (!concept_json.is_object() || !concept_json.contains("text")) return {};
  const auto& text = concept_json["text"];
  const bool good = text.is_string() && !text.get_ref<const std::string&>().empty() &&
                    text.get_ref<const std::string&>().size() <= most_words_bytes &&
                    text.get_ref<const std::string&>().find('\0') == std::string::npos;
  if (code != knowledge::other_symptom_id)
    r.refuse("code.text", "Only the symptom \"other\" takes words of its own.");
  if (!good) r.refuse("code.text", "This must be text of at most 1000 bytes.");
  return good ? std::optional(text.get<std::string>()) : std::nullopt;
}

Json write_complaint(const std::string& code, const std::optional<std::string>& words) {
  Json concept_json = rest::concept_of(symptom_system, code);
  if (words) concept_json["text"] = *words;
  const auto* symptom = knowledge::catalogue().find_symptom(code);
  if (symptom == nullptr) return concept_json;
  auto& codings = concept_json["coding"];
  codings[0]["display"] = symptom->plain_name;
  if (!symptom->snomed.id.empty())
    codings.push_back(rest::coding(snomed_system, symptom->snomed.id));
  if (!symptom->icd10.code.empty())
    codings.push_back(rest::coding(icd10_system, symptom->icd10.code));
  return concept_json;
}

std::optional<std::string> read_date(rest::Reader& r, const Json& value, const std::string& field) {
  if (value.is_null()) return {};
  if (value.is_string() && base::parse_date(value.get_ref<const std::string&>()))
    return value.get<std::string>();
  r.refuse(field, "This must be a date, as exact as it is known: 2026, 2026-11 or 2026-11-22.");
  return {};
}

std::optional<std::string> read_note(rest::Reader& r) {
  const auto& list = r.element("note");
  if (list.is_null()) return {};
  if (list.is_array() && list.size() == 1 && list[0].is_object() && list[0].contains("text") &&
      list[0]["text"].is_string() && list[0]["text"].get_ref<const std::string&>().size() <= 10000)
    return list[0]["text"].get<std::string>();
  r.refuse("note", "This takes one note with text, at most 10000 bytes.");
  return {};
}

Status check_begun(const std::string& field, const std::optional<std::string>& date,
                   std::int64_t now_ms) {
  const auto latest = base::instant_text(now_ms + 14 * base::hour_ms);
  if (date && *date > latest.substr(0, date->size()))
    return invalid(field, "This lies in the future.");
  return {};
}

}  // namespace facet::symptoms
