// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/catalogue_data.h"
#include "knowledge/finding.h"
#include "knowledge/measure.h"

namespace facet::knowledge {

/// The parts of read_and_check(), for values whose shape is already right.
void check_anatomy(const SymptomsData& data, Findings& findings);
void check_symptoms(const SymptomsData& data, const ScreeningData& screening, Findings& findings);
void check_screening(const ScreeningData& data, const SymptomsData& symptoms, Findings& findings);
/// Every number of 6 to 18 digits in the file is a SNOMED CT id and ends in its check digit.
void check_digits(std::string_view symptoms_json, Findings& findings);

/// `name` of the file, for findings.
void check_measure(const Measure& measure, const std::string& name, Findings& findings);

/// Verhoeff's dihedral check, as SNOMED CT uses it. `digits` holds decimal digits only.
bool has_check_digit(std::string_view digits);

template <class List, class Value>
bool holds(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

template <class T>
auto ids_of(const std::vector<T>& rows) {
  std::vector<decltype(rows.front().id)> ids;
  for (const auto& row : rows) ids.push_back(row.id);
  return ids;
}

template <class T>
bool has_twice(const std::vector<T>& values) {
  return std::set<T>(values.begin(), values.end()).size() != values.size();
}

}  // namespace facet::knowledge
