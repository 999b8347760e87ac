// SPDX-License-Identifier: MPL-2.0
#include "knowledge/catalogue.h"

#include "knowledge/check.h"

namespace facet::knowledge {
namespace {

template <class T>
auto index_by_id(const std::vector<T>& rows) {
  std::unordered_map<std::string_view, const T*> index;
  for (const auto& row : rows) index.emplace(row.id, &row);
  return index;
}

auto index_by_item(const std::vector<RedFlag>& flags) {
  std::unordered_map<std::string_view, const RedFlag*> index;
  for (const auto& flag : flags)
    for (const auto& item : flag.items) index.emplace(item.id, &flag);
  return index;
}

}  // namespace

Catalogue::Catalogue(SymptomsData symptoms, ScreeningData screening)
    : symptoms_(std::move(symptoms)),
      screening_(std::move(screening)),
      symptom_by_id_(index_by_id(symptoms_.symptoms)),
      nerve_by_id_(index_by_id(symptoms_.nerves)),
      level_by_id_(index_by_id(symptoms_.spinal_levels)),
      red_flag_by_id_(index_by_id(screening_.red_flags)),
      red_flag_by_item_(index_by_item(screening_.red_flags)),
      contraindication_by_id_(index_by_id(screening_.contraindications)),
      device_by_id_(index_by_id(screening_.devices)) {}

const Secret* Catalogue::find_secret(int id) const {
  for (const auto& secret : secrets())
    if (secret.id == id) return &secret;
  return nullptr;
}

base::Result<Catalogue> load_catalogue(std::string_view symptoms_json,
                                       std::string_view screening_json) {
  auto files = read_and_check(symptoms_json, screening_json);
  if (files.findings.empty())
    return Catalogue(std::move(files.symptoms), std::move(files.screening));
  std::vector<std::string> reasons;
  for (const auto& finding : files.findings) reasons.push_back(finding.where + " " + finding.what);
  return base::fail(base::ErrorCode::invalid, files.findings.front().where,
                    "The catalogue " + files.findings.front().what + ".", std::move(reasons));
}

}  // namespace facet::knowledge
