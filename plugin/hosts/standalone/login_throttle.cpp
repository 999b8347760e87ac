// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/login_throttle.h"

#include <algorithm>

namespace facet::hosts {
namespace {

constexpr int kAllowedPerAccount = 5;
constexpr int kAllowedPerAddress = 20;
constexpr std::chrono::seconds kFirstWait{30};
constexpr std::chrono::seconds kLongestWait{900};
constexpr size_t kMostKeys = 10'000;

std::string account_key(const std::string& account) {
  return "account " + account;
}
std::string address_key(const std::string& address) {
  return "address " + address;
}

}  // namespace

std::chrono::seconds LoginThrottle::remaining(const std::string& key) const {
  const auto found = counts_.find(key);
  if (found == counts_.end()) return {};
  const auto left = found->second.blocked_until - now_();
  return std::max(std::chrono::ceil<std::chrono::seconds>(left), std::chrono::seconds(0));
}

void LoginThrottle::count(const std::string& key, int allowed) {
  Count& entry = counts_[key];
  entry.last = now_();
  ++entry.wrong;
  if (entry.wrong < allowed) return;
  const int doublings = std::min(entry.wrong - allowed, 10);
  entry.blocked_until = entry.last + std::min(kFirstWait * (1 << doublings), kLongestWait);
}

void LoginThrottle::forget_old() {
  const SteadyTime now = now_();
  std::erase_if(counts_, [&](const auto& entry) {
    return now - entry.second.last > kLongestWait && entry.second.blocked_until <= now;
  });
  while (counts_.size() >= kMostKeys) {
    counts_.erase(std::min_element(
        counts_.begin(), counts_.end(),
        [](const auto& left, const auto& right) { return left.second.last < right.second.last; }));
  }
}

std::chrono::seconds LoginThrottle::attempt(const std::string& account,
                                            const std::string& address) {
  std::lock_guard lock(mutex_);
  forget_old();
  const auto wait = std::max(remaining(account_key(account)), remaining(address_key(address)));
  if (wait.count() > 0) return wait;
  count(account_key(account), kAllowedPerAccount);
  count(address_key(address), kAllowedPerAddress);
  return {};
}

void LoginThrottle::succeeded(const std::string& account, const std::string& address) {
  std::lock_guard lock(mutex_);
  counts_.erase(account_key(account));
  const auto found = counts_.find(address_key(address));
  if (found == counts_.end()) return;
  --found->second.wrong;
  found->second.blocked_until = {};
}

}  // namespace facet::hosts
