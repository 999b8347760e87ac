// SPDX-License-Identifier: MPL-2.0
#include "scheduling/targets_fhir.h"

#include "base/uuid.h"

namespace facet::scheduling {

std::optional<std::vector<std::string>> references_in(const base::Json& list) {
  if (!list.is_array()) return {};
  std::vector<std::string> targets;
  for (const auto& one : list) {
    if (!one.is_object() || !one.contains("reference") || !one["reference"].is_string()) return {};
    targets.push_back(one["reference"].get<std::string>());
  }
  return targets;
}

std::optional<std::vector<std::string>> one_of_each(
    const std::optional<std::vector<std::string>>& targets, const std::vector<std::string>& types) {
  if (!targets || targets->size() != types.size()) return {};
  std::vector<std::string> ids(types.size());
  for (const auto& target : *targets)
    for (std::size_t i = 0; i < types.size(); ++i)
      if (target.starts_with(types[i] + "/")) ids[i] = target.substr(types[i].size() + 1);
  for (const auto& id : ids)
    if (!base::is_fhir_id(id)) return {};
  return ids;
}

}  // namespace facet::scheduling
