// SPDX-License-Identifier: MPL-2.0
#include "orders/order.h"

#include <algorithm>
#include <sstream>

#include "knowledge/terms.h"

namespace facet::orders {

base::Result<std::vector<std::string>> zones_of(const std::string& list, const std::string& field) {
  std::vector<std::string> zones;
  std::istringstream stream(list);
  for (std::string zone; std::getline(stream, zone, ',');) {
    if (!knowledge::from_code<knowledge::BedZone>(zone) ||
        std::find(zones.begin(), zones.end(), zone) != zones.end())
      return base::invalid(field, "Zones are left or right, upper, mid or lower, each once: left_upper.");
    zones.push_back(std::move(zone));
  }
  if (zones.empty()) return base::invalid(field, "At least one zone is needed.");
  return zones;
}

std::string join_zones(const std::vector<std::string>& zones) {
  std::string list;
  for (const auto& zone : zones) list += (list.empty() ? "" : ",") + zone;
  return list;
}

}  // namespace facet::orders
