// SPDX-License-Identifier: MPL-2.0
#include "rest/fhir_type.h"

namespace facet::rest {

std::optional<std::string> SearchQuery::first(std::string_view name) const {
  for (const auto& [key, value] : parameters)
    if (key == name) return value;
  return {};
}

std::optional<std::string> SearchQuery::reference(std::string_view name,
                                                  std::string_view type) const {
  auto value = first(name);
  const std::string prefix = std::string(type) + "/";
  if (value && value->starts_with(prefix)) value->erase(0, prefix.size());
  return value;
}

base::Result<std::optional<std::int64_t>> SearchQuery::bound(std::string_view name,
                                                             std::string_view prefix) const {
  for (const auto& [key, value] : parameters) {
    if (key != name || !value.starts_with(prefix)) continue;
    const auto ms = base::parse_instant(std::string_view(value).substr(prefix.size()));
    if (!ms)
      return base::invalid(std::string(name),
                           "This must be a prefix and an instant, like ge2026-11-22T09:30:00Z.");
    return ms;
  }
  return std::optional<std::int64_t>{};
}

}  // namespace facet::rest
