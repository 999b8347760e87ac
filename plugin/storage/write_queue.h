// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "storage/session.h"

namespace facet::storage {

/// Runs writes on SQLite's one writing connection. Callers that wait are run together: one of them
/// leads, gives each closure a savepoint inside one transaction, and answers all after the commit,
/// so that they share one fsync. A leader hands over after its own batch. Threads: safe.
class WriteQueue {
 public:
  using Work = std::function<bool(Transaction&)>;  // false: roll back

  explicit WriteQueue(const Settings& settings)
      : settings_(settings), session_(std::make_unique<Session>(settings)) {
    batch_.reserve(max_batch);
  }

  /// Returns after the commit. Errors: conflict, unavailable, internal.
  base::Status run(const Work& work);

 private:
  struct Job {
    const Work& work;
    base::Status status;
    bool done = false;
  };

  void lead(std::unique_lock<std::mutex>& lock);
  void run_batch() noexcept;
  void run_single(Job& job);
  void run_together();
  void abandon() noexcept;

  static constexpr std::size_t max_batch = 64;

  const Settings settings_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job*> waiting_;          // guarded by mutex_
  std::thread::id leader_;            // guarded by mutex_; nobody: default
  std::unique_ptr<Session> session_;  // the leader's
  std::vector<Job*> batch_;           // the leader's
};

/// A StorageError, or any other exception of a closure, as the Error that callers see.
base::Error to_error(std::exception_ptr exception);

/// Runs a closure. Throws if it passed over the failure of a statement and wants to be kept: SQLite
/// would commit the rest, PostgreSQL would not.
bool run_closure(Session& session, const std::function<bool(Transaction&)>& work);

}  // namespace facet::storage
