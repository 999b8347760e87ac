// SPDX-License-Identifier: MPL-2.0
#include "storage/write_queue.h"

namespace facet::storage {

using base::ErrorCode;

base::Error to_error(std::exception_ptr exception) {
  try {
    std::rethrow_exception(exception);
  } catch (const StorageError& error) {
    switch (error.code) {
      case ErrorCode::conflict:
        return {error.code, "", std::string("The database refused the change: ") + error.what() + ".", {}};
      case ErrorCode::unavailable:
        return {error.code, "", std::string("The database cannot be reached now; try again. (") +
                                    error.what() + ")", {}};
      default:
        return {error.code, "", std::string("The database failed: ") + error.what() + ".", {}};
    }
  } catch (const std::exception& error) {
    return {ErrorCode::internal, "", std::string("Internal error: ") + error.what() + ".", {}};
  } catch (...) {
    return {ErrorCode::internal, "", "Internal error.", {}};
  }
}

base::Status WriteQueue::run(const Work& work) {
  Job job{work, {}, false};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&job);
  while (!job.done) {
    if (led_)
      changed_.wait(lock);
    else
      lead(lock);
  }
  return job.status;
}

void WriteQueue::lead(std::unique_lock<std::mutex>& lock) {
  led_ = true;
  std::deque<Job*> batch;
  while (!waiting_.empty() && batch.size() < max_batch) {
    batch.push_back(waiting_.front());
    waiting_.pop_front();
  }
  lock.unlock();
  run_batch(batch);
  lock.lock();
  for (auto* job : batch) job->done = true;
  led_ = false;
  changed_.notify_all();
}

void WriteQueue::run_batch(const std::deque<Job*>& batch) {
  try {
    session_.run("begin immediate", {}, {}, nullptr);
    for (auto* job : batch) {
      run_one(*job, batch.size() > 1);
      if (!session_.in_transaction())
        throw StorageError(ErrorCode::unavailable, "the transaction was rolled back");
    }
    session_.run("commit", {}, {}, nullptr);
  } catch (...) {
    // Nothing of this batch is in the database: no job may be told otherwise.
    const auto error = to_error(std::current_exception());
    for (auto* job : batch)
      if (job->status) job->status = tl::unexpected<base::Error>(error);
    if (session_.in_transaction()) session_.run_script("rollback");
  }
}

void WriteQueue::run_one(Job& job, bool savepoint) {
  // Alone in its batch, a closure needs no savepoint of its own unless it fails; opening one costs
  // two statements, so it is opened only where others share the transaction.
  if (savepoint) session_.run("savepoint job", {}, {}, nullptr);
  bool keep = false;
  try {
    Transaction tx(session_);
    keep = job.work(tx);
  } catch (...) {
    job.status = tl::unexpected<base::Error>(to_error(std::current_exception()));
  }
  if (!session_.in_transaction()) return;
  if (savepoint) {
    if (!keep) session_.run("rollback to job", {}, {}, nullptr);
    session_.run("release job", {}, {}, nullptr);
  } else if (!keep) {
    session_.run("rollback", {}, {}, nullptr);
    session_.run("begin immediate", {}, {}, nullptr);
  }
}

}  // namespace facet::storage
