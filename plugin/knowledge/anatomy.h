// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <vector>

#include "knowledge/terms.h"

namespace facet::knowledge {

using Strings = std::vector<std::string>;

/// In every value of the catalogue an empty string means no value, an empty list none.
struct Nerve {
  std::string id;
  std::string name;
  NerveKind kind;
  NerveRegion region;
  Strings roots;
  bool named_by_author;
  std::vector<int> named_in;  // numbers of the author's texts
  Strings sources;
};

/// One motion segment, "C7-T1"; `order` counts from C0-C1 at 0 to L5-S1 at 24.
struct SpinalLevel {
  std::string id;
  int order;
  Strings exiting_roots;
  Strings traversing_roots;
  bool bed_reach_default;
  SpinalZone zone;
  std::string upper_vertebra_sct;
  std::string lower_vertebra_sct;
  std::string disc_sct;
};

/// Levels that a bed presses if its own settings say nothing else.
struct DeviceReach {
  std::string top;
  std::string bottom;
  std::string note;
};

/// One of Chongsu Lee's four ideas, with the work he cites for it and what we know of that work.
struct Secret {
  int id;
  std::string idea;
  std::string cited_by_author;
  std::string cite_note;
};

}  // namespace facet::knowledge
