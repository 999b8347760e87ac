// SPDX-License-Identifier: MPL-2.0
#include <stdexcept>

#include "knowledge/check.h"
#include "knowledge/measure.h"
#include "knowledge_data_files.h"

namespace facet::knowledge {
namespace {

Measures load_embedded() {
  auto loaded = load_measures(embedded_measure_packs());
  if (!loaded) throw std::logic_error(loaded.error().field + ": " + loaded.error().message);
  return std::move(*loaded);
}

}  // namespace

const Measure* Measures::find(std::string_view id) const {
  for (const auto& measure : measures_)
    if (measure.id == id) return &measure;
  return nullptr;
}

base::Result<Measures> load_measures(const std::vector<MeasurePack>& packs) {
  auto checked = read_and_check(packs);
  if (checked.findings.empty()) {
    Measures set;
    set.measures_ = std::move(checked.measures);
    return set;
  }
  std::vector<std::string> reasons;
  for (const auto& finding : checked.findings)
    reasons.push_back(finding.where + " " + finding.what);
  const auto& first = checked.findings.front();
  return base::fail(base::ErrorCode::invalid, first.where, "The measure's pack " + first.what + ".",
                    std::move(reasons));
}

std::vector<MeasurePack> embedded_measure_packs() {
  constexpr std::string_view folder = "measures/";
  std::vector<MeasurePack> packs;
  for (const auto& file : knowledge_data::files)
    if (const std::string_view name = file.name; name.starts_with(folder))
      packs.push_back({std::string(name.substr(folder.size())), std::string(file.text())});
  return packs;
}

const Measures& measures() {
  static const Measures instance = load_embedded();
  return instance;
}

}  // namespace facet::knowledge
