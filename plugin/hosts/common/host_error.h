// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <stdexcept>
#include <string>

namespace facet::hosts {

/// One sentence for the operator: what failed and what to do. Programs end with exit_code.
class HostError : public std::runtime_error {
 public:
  explicit HostError(const std::string& message, int exit_code = 1)
      : std::runtime_error(message), exit_code_(exit_code) {}
  int exit_code() const { return exit_code_; }

 private:
  int exit_code_;
};

}  // namespace facet::hosts
