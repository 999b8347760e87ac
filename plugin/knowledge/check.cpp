// SPDX-License-Identifier: MPL-2.0
#include "knowledge/check.h"

#include "knowledge/check_rules.h"
#include "knowledge/reading.h"

namespace facet::knowledge {
namespace {

base::Json parse(std::string_view text, const std::string& name, Findings& findings) {
  auto document = base::parse_json(text);
  if (document) return std::move(*document);
  findings.push_back({name, document.error().message});
  return base::Json::object();
}

}  // namespace

CheckedFiles read_and_check(std::string_view symptoms_json, std::string_view screening_json) {
  CheckedFiles files;
  auto& findings = files.findings;
  const auto symptoms = parse(symptoms_json, "symptoms.json", findings);
  const auto screening = parse(screening_json, "screening.json", findings);
  if (!findings.empty()) return files;
  files.symptoms = read_symptoms(symptoms, findings);
  files.screening = read_screening(screening, findings);
  if (!findings.empty()) return files;
  check_digits(symptoms_json, findings);
  check_anatomy(files.symptoms, findings);
  check_screening(files.screening, files.symptoms, findings);
  check_symptoms(files.symptoms, files.screening, findings);
  return files;
}

CheckedMeasures read_and_check(const std::vector<MeasurePack>& packs) {
  CheckedMeasures checked;
  auto& findings = checked.findings;
  for (const auto& pack : packs) {
    const auto before = findings.size();
    const auto document = parse(pack.text, pack.name, findings);
    if (findings.size() == before) {
      auto measure = read_measure(document, pack.name, findings);
      if (findings.size() == before) check_measure(measure, pack.name, findings);
      if (holds(ids_of(checked.measures), measure.id))
        findings.push_back({pack.name + ".id", "is the id of an earlier pack too"});
      checked.measures.push_back(std::move(measure));
    }
  }
  return checked;
}

}  // namespace facet::knowledge
