// SPDX-License-Identifier: MPL-2.0
#include <map>

#include "knowledge/check_rules.h"
#include "knowledge/root_levels.h"

namespace facet::knowledge {
namespace {

/// One symptom against the tables it refers to. Segments are compared as indexes of level_ids.
class SymptomCheck {
 public:
  SymptomCheck(const Symptom& symptom, const SymptomsData& data, const ScreeningData& screening,
               Findings& findings)
      : s_(symptom), data_(data), screening_(screening), findings_(findings) {
    reach_top_ = level_index(data.device_reach_default.top).value_or(0);
    reach_bottom_ = level_index(data.device_reach_default.bottom).value_or(0);
  }

  void run() {
    check_references();
    check_nerves();
    check_range();
    check_bed();
    check_author();
  }

 private:
  void check_references() {
    for (const auto& flag : s_.ask_red_flags)
      if (!holds(ids_of(screening_.red_flags), flag)) report("asks the unknown flag " + flag);
    if (has_twice(s_.ask_red_flags)) report("asks a red flag twice");
    for (const auto& nerve : s_.nerves)
      if (!holds(ids_of(data_.nerves), nerve)) report("has the unknown nerve " + nerve);
    for (const auto& root : s_.roots)
      if (!holds(root_codes, root)) report("has the unknown root " + root);
    for (int secret : s_.secrets)
      if (!holds(ids_of(data_.secrets), secret)) report("has an unknown secret");
    if (s_.severity.min >= s_.severity.max) report("has an empty severity scale");
  }

  void check_nerves() {
    std::set<std::string> of_nerves;
    for (const auto& nerve : data_.nerves) {
      if (!holds(s_.nerves, nerve.id)) continue;
      of_nerves.insert(nerve.roots.begin(), nerve.roots.end());
      if (std::none_of(nerve.roots.begin(), nerve.roots.end(),
                       [&](const auto& root) { return holds(s_.roots, root); }))
        report("has no root of its nerve " + nerve.id);
    }
    for (const auto& root : s_.roots)
      if (!of_nerves.count(root)) report("has the root " + root + " of none of its nerves");
  }

  void check_range() {
    std::set<std::size_t> levels;
    for (const auto& root : s_.roots)
      if (const auto level = root_level(root)) levels.insert(*level);
    if (!levels.empty())
      for (auto i = *levels.begin(); i <= *levels.rbegin(); ++i) range_.push_back(i);
    Strings wanted;
    for (auto i : range_) wanted.emplace_back(level_ids[i]);
    if (s_.anatomical_segments != wanted)
      report("has anatomical_segments that are not where its roots leave");
  }

  void check_bed() {
    if (s_.bed.basis == BedBasis::segmental) check_segmental();
    if (s_.bed.basis == BedBasis::adjacent) check_adjacent();
    if (s_.bed.basis == BedBasis::none) check_no_bed();
    check_zones();
  }

  void check_segmental() {
    Strings wanted;
    for (auto i : range_)
      if (reach_top_ <= i && i <= reach_bottom_) wanted.emplace_back(level_ids[i]);
    if (s_.bed.segments != wanted || wanted.empty())
      report("has bed.segments that are not its segments within reach");
    const bool full = std::all_of(s_.roots.begin(), s_.roots.end(), [&](const auto& root) {
      const auto level = root_level(root);
      return level && *level >= reach_top_;
    });
    if ((s_.bed.reach == BedReach::full) != full) report("has the wrong bed.reach");
  }

  void check_adjacent() {
    const bool reached =
        std::any_of(range_.begin(), range_.end(), [&](std::size_t i) { return i >= reach_top_; });
    if (reached || s_.bed.reach != BedReach::none_direct || s_.bed.segments.empty())
      report("is adjacent, so no root may be within reach, and it needs bed.segments");
  }

  void check_no_bed() {
    if (!s_.bed.segments.empty() || !s_.bed.zones.empty() || s_.bed.reach != BedReach::none ||
        s_.bed.reason.empty())
      report("has no bed range, so it needs a reason and nothing else");
  }

  void check_zones() {
    std::set<SpinalZone> found;
    for (const auto& segment : s_.bed.segments) {
      const auto index = level_index(segment);
      if (!index || *index >= data_.spinal_levels.size())
        report("has the unknown bed segment " + segment);
      else
        found.insert(data_.spinal_levels[*index].zone);
    }
    found.erase(SpinalZone::none);
    if (s_.bed.zones != std::vector<SpinalZone>(found.begin(), found.end()))
      report("has bed.zones that are not those of its bed.segments");
  }

  void check_author() {
    if (s_.claim_status == ClaimStatus::record_only &&
        (s_.bed.basis != BedBasis::none || !s_.secrets.empty()))
      report("is record_only, so it may have neither a bed range nor secrets");
    if (s_.named_by_author == s_.named_in.empty())
      report("is named_by_author when, and only when, named_in is not empty");
    for (int text : s_.named_in)
      if (!holds(s_.secrets, text)) report("is named in a secret that it is not tagged with");
  }

  void report(std::string what) {
    findings_.push_back({"symptoms.json.symptoms[" + s_.id + "]", std::move(what)});
  }

  const Symptom& s_;
  const SymptomsData& data_;
  const ScreeningData& screening_;
  Findings& findings_;
  std::size_t reach_top_;
  std::size_t reach_bottom_;
  std::vector<std::size_t> range_;
};

}  // namespace

void check_symptoms(const SymptomsData& data, const ScreeningData& screening, Findings& findings) {
  std::set<std::string> used;
  for (const auto& symptom : data.symptoms) {
    SymptomCheck(symptom, data, screening, findings).run();
    used.insert(symptom.nerves.begin(), symptom.nerves.end());
  }
  if (has_twice(ids_of(data.symptoms)))
    findings.push_back({"symptoms.json.symptoms", "has an id twice"});
  for (const auto& nerve : data.nerves)
    if (!used.count(nerve.id))
      findings.push_back({"symptoms.json.nerves[" + nerve.id + "]", "belongs to no symptom"});
}

}  // namespace facet::knowledge
