// SPDX-License-Identifier: MPL-2.0
#include "bedlink/watchdog.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace facet::bedlink {

Watchdog::Watchdog() : thread_([this] { run(); }) {}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Watchdog::run() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    const auto now = std::chrono::steady_clock::now();
    auto next = now + std::chrono::hours(1);
    for (auto& [leash, fd] : leashes_) {
      if (leash->deadline_ <= now) {
        ::shutdown(fd, SHUT_RDWR);
        leash->deadline_ = Moment::max();
      }
      next = std::min(next, leash->deadline_);
    }
    wake_.wait_until(lock, next);
  }
}

void Watchdog::cut_all() {
  const std::lock_guard lock(mutex_);
  for (auto& [leash, fd] : leashes_) ::shutdown(fd, SHUT_RDWR);
}

Watchdog::Leash::Leash(Watchdog& dog, int fd) : dog_(dog), fd_(::fcntl(fd, F_DUPFD_CLOEXEC, 3)) {
  const std::lock_guard lock(dog_.mutex_);
  dog_.leashes_.emplace(this, fd_);
}

Watchdog::Leash::~Leash() {
  const std::lock_guard lock(dog_.mutex_);
  dog_.leashes_.erase(this);
  if (fd_ >= 0) ::close(fd_);
}

void Watchdog::Leash::arm(std::chrono::milliseconds from_now) {
  const auto deadline = std::chrono::steady_clock::now() + from_now;
  {
    const std::lock_guard lock(dog_.mutex_);
    deadline_ = deadline;
  }
  dog_.wake_.notify_one();
}

void Watchdog::Leash::disarm() {
  const std::lock_guard lock(dog_.mutex_);
  deadline_ = Moment::max();
}

void Watchdog::Leash::cut() {
  const std::lock_guard lock(dog_.mutex_);
  ::shutdown(fd_, SHUT_RDWR);
}

}  // namespace facet::bedlink
