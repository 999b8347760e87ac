// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "knowledge/catalogue.h"
#include "rest/reader.h"

namespace facet::symptoms {

/// Code systems of what hurts and where.
inline constexpr const char* symptom_system = "urn:facet:symptom";  // code: catalogue id, or other
inline constexpr const char* side_system = "urn:facet:side";
inline constexpr const char* region_system = "urn:facet:region";

/// What a patient complains of, as an Observation rates it and a Condition follows it: a symptom of
/// the catalogue with its side, or any other with its region and the patient's words.
struct Complaint {
  std::string code;
  std::optional<std::string> side;    // left, right, both, midline
  std::optional<std::string> region;  // knowledge::Region
  std::optional<std::string> words;
};

/// Errors: invalid, with an element of `type`.
base::Status check_complaint(const knowledge::Catalogue& catalogue, const std::string& type,
                             const Complaint& complaint);

/// Reads code.text; only the symptom `other` has it.
std::optional<std::string> read_words(rest::Reader& r, const std::string& code);

/// A CodeableConcept: its name, its SNOMED CT and ICD-10 codes; the words of an `other`.
base::Json write_complaint(const std::string& code, const std::optional<std::string>& words);

/// A FHIR date with the precision it was given in; nothing if `value` is null.
std::optional<std::string> read_date(rest::Reader& r, const base::Json& value,
                                     const std::string& field);

/// The text of an Annotation list of one: note[0].text.
std::optional<std::string> read_note(rest::Reader& r);

/// Errors: invalid; the day has begun nowhere on earth yet.
base::Status check_begun(const std::string& field, const std::optional<std::string>& date,
                         std::int64_t now_ms);

}  // namespace facet::symptoms
