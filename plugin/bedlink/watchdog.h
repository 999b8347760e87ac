// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace facet::bedlink {

using Moment = std::chrono::steady_clock::time_point;

/// Cuts sockets that pass an absolute deadline: Poco's own TLS timeouts count each read anew, so a
/// peer that drips bytes would hold a thread for ever. Threads: safe.
class Watchdog {
 public:
  Watchdog();
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  /// One socket under watch. Keeps a duplicate of the descriptor, so that a cut can never hit
  /// another socket that got the same number.
  class Leash {
   public:
    Leash(Watchdog& dog, int fd);
    ~Leash();
    Leash(const Leash&) = delete;
    Leash& operator=(const Leash&) = delete;

    void arm(std::chrono::milliseconds from_now);
    void disarm();
    void cut();  // from any thread

   private:
    friend class Watchdog;
    Watchdog& dog_;
    int fd_;
    Moment deadline_ = Moment::max();
  };

  void cut_all();

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  Moment next_look_ = Moment::min();  // when the thread wakes by itself
  std::map<Leash*, int> leashes_;
  std::thread thread_;
};

}  // namespace facet::bedlink
