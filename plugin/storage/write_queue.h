// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

#include "storage/session.h"

namespace facet::storage {

/// Runs writes on SQLite's one writing connection. Callers that wait are run together: one of them
/// leads, gives each closure a savepoint inside one transaction, and answers all after the commit,
/// so that they share one fsync. A leader hands over after its own batch. Threads: safe.
class WriteQueue {
 public:
  using Work = std::function<bool(Transaction&)>;  // false: roll back

  explicit WriteQueue(const Settings& settings) : session_(settings) {}

  /// Returns after the commit. Errors: conflict, unavailable, internal.
  base::Status run(const Work& work);

 private:
  struct Job {
    const Work& work;
    base::Status status;
    bool done = false;
  };

  void lead(std::unique_lock<std::mutex>& lock);
  void run_batch(const std::deque<Job*>& batch);
  void run_one(Job& job, bool savepoint);

  static constexpr std::size_t max_batch = 64;

  Session session_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job*> waiting_;  // guarded by mutex_
  bool led_ = false;          // guarded by mutex_; session_ belongs to the leader
};

/// A StorageError, or any other exception of a closure, as the Error that callers see.
base::Error to_error(std::exception_ptr exception);

}  // namespace facet::storage
