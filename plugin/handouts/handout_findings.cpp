// SPDX-License-Identifier: MPL-2.0
#include "handouts/handout_findings.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/zone.h"
#include "clinic/patient_merge.h"
#include "knowledge/body_part.h"

namespace facet::handouts {
namespace {

using symptoms::Observation;

constexpr std::size_t most_symptoms = 60;  // a handout takes no more
constexpr std::size_t longest_words = 200;

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

void add_catalogue(const knowledge::Symptom& symptom, SymptomInput& input) {
  input.plain_name = symptom.plain_name;
  for (const auto& id : symptom.nerves)
    if (const auto* nerve = knowledge::catalogue().find_nerve(id))
      input.nerves.push_back({nerve->id, nerve->name});
  input.segments = symptom.anatomical_segments;
  input.bed_basis = knowledge::code_of(symptom.bed.basis);
  input.bed_reach = knowledge::code_of(symptom.bed.reach);
  std::vector<std::string> regions;
  for (const auto& part : knowledge::body_parts())
    if (part.holds(symptom))
      (part.sites.empty() ? regions : input.body_parts).emplace_back(part.code);
  if (input.body_parts.empty()) input.body_parts = std::move(regions);
}

/// Nothing for words that were erased, or an id that this catalogue does not have.
std::optional<SymptomInput> symptom_of(const Observation& finding) {
  SymptomInput input;
  input.id = finding.code;
  input.side = finding.side.value_or("");
  if (finding.value) input.severity = static_cast<int>(*finding.value);
  if (finding.code == knowledge::other_symptom_id) {
    input.plain_name = fit(finding.text.value_or(""));
    if (input.plain_name.empty()) return {};
    if (finding.region) input.body_parts.push_back(*finding.region);
  } else if (const auto* symptom = knowledge::catalogue().find_symptom(finding.code)) {
    add_catalogue(*symptom, input);
  } else {
    return {};
  }
  return input;
}

std::chrono::year_month_day day_of(std::int64_t at_ms, const std::string& zone) {
  return calendar_day(base::to_local(at_ms, zone)->day);
}

/// What makes two findings one thing that was found again.
std::string thing_of(const Observation& finding) {
  auto thing = finding.code + "/" + finding.side.value_or("") + "/" + finding.site.value_or("");
  if (finding.code == knowledge::other_symptom_id)
    thing += finding.region.value_or("") + "/" + finding.text.value_or("");
  return thing;
}

void set_earlier(SymptomInput& symptom, const Observation& newest, const Observation& first,
                 const std::string& zone) {
  const auto then = day_of(first.effective_ms, zone);
  if (then != day_of(newest.effective_ms, zone))
    symptom.earlier = EarlierSeverity{static_cast<int>(*first.value), then};
}

}  // namespace

std::chrono::year_month_day calendar_day(const base::PartialDate& day) {
  return {std::chrono::year(day.year), std::chrono::month(day.month), std::chrono::day(day.day)};
}

std::string fit(const std::string& words) {
  std::string line;
  std::size_t characters = 0;
  for (const char c : words) {
    if (!is_continuation(c) && ++characters > longest_words) {
      while (is_continuation(line.back())) line.pop_back();
      line.pop_back();
      return line + "…";
    }
    const auto byte = static_cast<unsigned char>(c);
    line += byte < 0x20 || byte == 0x7f ? ' ' : c;
  }
  line.erase(0, std::min(line.find_first_not_of(' '), line.size()));
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

void add_findings(storage::Act& act, const symptoms::ObservationService& observations,
                  const std::string& patient_id, const std::string& zone, HandoutInput& input) {
  const auto findings = observations.observations.records().where(
      act,
      std::string(clinic::of_same_person) +
          " and status <> 'entered-in-error' and (code_system = 'urn:facet:symptom' or code in "
          "('segmental-motion', 'stress'))",
      "order by effective_ms desc, id desc", patient_id, patient_id);
  struct Shown {
    std::size_t place;
    const Observation* newest;
    const Observation* first = nullptr;  // that has a score
  };
  std::map<std::string, Shown> scored;
  std::set<std::string> seen;
  for (const auto& finding : findings) {  // newest first
    const auto thing = thing_of(finding);
    if (const auto known = scored.find(thing); known != scored.end())
      if (finding.value) known->second.first = &finding;
    if (!seen.insert(thing).second) continue;
    if (finding.code_system == symptoms::symptom_system) {
      auto symptom = symptom_of(finding);
      if (!symptom || input.symptoms.size() == most_symptoms) continue;
      scored.emplace(thing, Shown{input.symptoms.size(), &finding, nullptr});
      input.symptoms.push_back(std::move(*symptom));
    } else if (finding.code == "segmental-motion") {
      input.joints.push_back({finding.site.value_or(""), finding.side.value_or(""),
                              static_cast<int>(finding.value.value_or(3)),
                              finding.pain_on_pressure.value_or(false)});
    } else if (finding.value) {
      input.stress = static_cast<int>(*finding.value);
    }
  }
  for (const auto& [thing, shown] : scored)
    if (shown.first != nullptr && input.symptoms[shown.place].severity)
      set_earlier(input.symptoms[shown.place], *shown.newest, *shown.first, zone);
}

}  // namespace facet::handouts
