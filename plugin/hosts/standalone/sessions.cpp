// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/sessions.h"

#include "hosts/standalone/secrets.h"

namespace facet::hosts {

bool Sessions::over(const Session& session) const {
  const SteadyTime now = now_();
  return now - session.last_used >= kLongestIdle || now - session.started >= kLongestLife;
}

std::string Sessions::start(const std::string& login, const std::string& password_hash) {
  const std::string secret = make_token();
  std::lock_guard lock(mutex_);
  std::erase_if(by_digest_, [this](const auto& entry) { return over(entry.second); });
  const SteadyTime now = now_();
  by_digest_[sha256_hex(secret)] = {login, password_hash, now, now};
  return secret;
}

std::optional<Sessions::Session> Sessions::use(const std::string& secret) {
  const std::string digest = sha256_hex(secret);
  std::lock_guard lock(mutex_);
  const auto found = by_digest_.find(digest);
  if (found == by_digest_.end()) return std::nullopt;
  if (over(found->second)) {
    by_digest_.erase(found);
    return std::nullopt;
  }
  found->second.last_used = now_();
  return found->second;
}

void Sessions::end(const std::string& secret) {
  const std::string digest = sha256_hex(secret);
  std::lock_guard lock(mutex_);
  by_digest_.erase(digest);
}

}  // namespace facet::hosts
