// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "hosts/standalone/sessions.h"

namespace facet::hosts {

/// Slows guessing: after 5 wrong passwords for an account, or 20 from an address, each further one
/// doubles a wait of 30 s up to 15 minutes. Forgets after 15 quiet minutes. Any thread.
class LoginThrottle {
 public:
  explicit LoginThrottle(SteadyClock now = std::chrono::steady_clock::now) : now_(std::move(now)) {}

  /// Zero: go on; the attempt then counts as wrong until `succeeded`, so that guesses made at once
  /// do not slip through. Otherwise how long to wait.
  std::chrono::seconds attempt(const std::string& account, const std::string& address);
  void succeeded(const std::string& account, const std::string& address);

 private:
  struct Count {
    int wrong = 0;
    SteadyTime last;
    SteadyTime blocked_until;
  };
  std::chrono::seconds remaining(const std::string& key) const;
  void count(const std::string& key, int allowed);
  void forget_old();

  const SteadyClock now_;
  std::mutex mutex_;
  std::map<std::string, Count> counts_;
};

}  // namespace facet::hosts
