// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "knowledge/anatomy.h"

namespace facet::knowledge {

struct DeviceLimit {
  LimitName name;
  int value;  // in the unit at the end of the name
};

struct DeviceFact {
  FactTopic topic;
  std::string text;
};

/// What the maker of a kind of bed has published. A clinic's own bed may be set narrower.
struct DeviceModel {
  std::string id;
  std::string name;
  std::vector<BedZone> zones;
  std::vector<DeviceLimit> limits;
  std::vector<DeviceFact> facts;
  Strings sources;

  std::optional<int> limit(LimitName name_wanted) const {
    for (const auto& each : limits)
      if (each.name == name_wanted) return each.value;
    return {};
  }
};

}  // namespace facet::knowledge
