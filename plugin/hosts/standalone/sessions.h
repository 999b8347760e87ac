// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace facet::hosts {

using SteadyTime = std::chrono::steady_clock::time_point;
using SteadyClock = std::function<SteadyTime()>;

/// Browser sessions in memory: gone after 30 minutes without a request, 12 hours after log-in, and
/// when the program ends. Any thread.
class Sessions {
 public:
  static constexpr std::chrono::minutes kLongestIdle{30};
  static constexpr std::chrono::hours kLongestLife{12};

  struct Session {
    std::string login;
    std::string password_hash;  // of the account then: a new password ends the session
    SteadyTime started;
    SteadyTime last_used;
  };

  explicit Sessions(SteadyClock now = std::chrono::steady_clock::now) : now_(std::move(now)) {}

  /// Answers the secret for the cookie; only its digest is kept.
  std::string start(const std::string& login, const std::string& password_hash);
  std::optional<Session> use(const std::string& secret);
  void end(const std::string& secret);

 private:
  bool over(const Session& session) const;

  const SteadyClock now_;
  std::mutex mutex_;
  std::map<std::string, Session> by_digest_;
};

}  // namespace facet::hosts
