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
    next_look_ = now + std::chrono::hours(1);
    for (auto& [leash, fd] : leashes_) {
      if (leash->deadline_ <= now) {
        ::shutdown(fd, SHUT_RDWR);
        leash->deadline_ = Moment::max();
      }
      next_look_ = std::min(next_look_, leash->deadline_);
    }
    const auto until = next_look_;
    wake_.wait_until(lock, until);
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

/// Every frame is armed anew: the thread is woken only if it would look too late.
void Watchdog::Leash::arm(std::chrono::milliseconds from_now) {
  const auto deadline = std::chrono::steady_clock::now() + from_now;
  bool earlier = false;
  {
    const std::lock_guard lock(dog_.mutex_);
    deadline_ = deadline;
    earlier = deadline < dog_.next_look_;
    if (earlier) dog_.next_look_ = deadline;
  }
  if (earlier) dog_.wake_.notify_one();
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
