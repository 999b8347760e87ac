// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <vector>

namespace facet::base {

/// Who acts: a person whom the host authenticated, `device:<id>` at the bed's socket, or
/// `system:<job>` for a timer. An empty user_id is nobody.
struct Principal {
  std::string user_id;
  std::vector<std::string> roles;  // as the host named them; clinic/roles.h gives them meaning
  std::string remote;              // address the request came from; empty inside the process
  std::string purpose;             // stated purpose of use; empty if none
};

}  // namespace facet::base
