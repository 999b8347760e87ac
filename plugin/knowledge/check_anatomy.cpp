// SPDX-License-Identifier: MPL-2.0
#include <optional>

#include "knowledge/check_rules.h"
#include "knowledge/root_levels.h"

namespace facet::knowledge {
namespace {

class LevelCheck {
 public:
  LevelCheck(const SymptomsData& data, Findings& findings) : data_(data), findings_(findings) {}

  void run() {
    const auto ids = ids_of(data_.spinal_levels);
    if (!std::equal(ids.begin(), ids.end(), level_ids.begin(), level_ids.end()))
      return report("spinal_levels", "are not C0-C1 to L5-S1 in order");
    const auto top = level_index(data_.device_reach_default.top);
    const auto bottom = level_index(data_.device_reach_default.bottom);
    if (!top || !bottom || *top > *bottom)
      return report("device_reach_default", "is not a range of spinal levels");
    for (std::size_t i = 0; i < ids.size(); ++i) check_level(i, *top <= i && i <= *bottom);
    for (auto root : root_codes) check_root(std::string(root));
  }

 private:
  void check_level(std::size_t index, bool reached) {
    const auto& level = data_.spinal_levels[index];
    if (level.order != static_cast<int>(index)) report(level.id, "has the wrong order");
    if (level.bed_reach_default != reached) report(level.id, "disagrees with device_reach_default");
    if ((level.zone == SpinalZone::none) == level.bed_reach_default)
      report(level.id, "must have a zone when, and only when, the bed reaches it");
    for (const auto* roots : {&level.exiting_roots, &level.traversing_roots})
      for (const auto& root : *roots)
        if (!holds(root_codes, root)) report(level.id, "has an unknown root \"" + root + "\"");
  }

  void check_root(const std::string& root) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < data_.spinal_levels.size(); ++i) {
      const auto& level = data_.spinal_levels[i];
      for (const auto* roots : {&level.exiting_roots, &level.traversing_roots})
        found.insert(found.end(),
                     static_cast<std::size_t>(std::count(roots->begin(), roots->end(), root)), i);
    }
    const auto wanted = root_level(root);
    const std::size_t times = wanted ? 1 : 0;
    if (found.size() != times || (wanted && found.front() != *wanted))
      report(root, "does not leave at its own level, once");
  }

  void report(const std::string& where, std::string what) {
    findings_.push_back({"symptoms.json.spinal_levels[" + where + "]", std::move(what)});
  }

  const SymptomsData& data_;
  Findings& findings_;
};

void check_nerve(const Nerve& nerve, const SymptomsData& data, Findings& findings) {
  const auto report = [&](std::string what) {
    findings.push_back({"symptoms.json.nerves[" + nerve.id + "]", std::move(what)});
  };
  for (const auto& root : nerve.roots)
    if (!holds(root_codes, root)) report("has an unknown root \"" + root + "\"");
  if (nerve.named_by_author == nerve.named_in.empty())
    report("is named_by_author when, and only when, named_in is not empty");
  for (int text : nerve.named_in)
    if (!holds(ids_of(data.secrets), text)) report("is named in an unknown text");
}

}  // namespace

void check_anatomy(const SymptomsData& data, Findings& findings) {
  LevelCheck(data, findings).run();
  for (const auto& nerve : data.nerves) check_nerve(nerve, data, findings);
  if (has_twice(ids_of(data.nerves)))
    findings.push_back({"symptoms.json.nerves", "has an id twice"});
  if (has_twice(ids_of(data.secrets)))
    findings.push_back({"symptoms.json.secrets", "has an id twice"});
}

}  // namespace facet::knowledge
