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
        return {error.code,
                "",
                std::string("The database refused the change: ") + error.what() + ".",
                {}};
      case ErrorCode::invalid:
        return {error.code,
                "",
                std::string("The database cannot hold this: ") + error.what() + ".",
                {}};
      case ErrorCode::unavailable:
        return {
            error.code,
            "",
            std::string("The database cannot be reached now; try again. (") + error.what() + ")",
            {}};
      default:
        return {error.code, "", std::string("The database failed: ") + error.what() + ".", {}};
    }
  } catch (const std::exception& error) {
    return {ErrorCode::internal, "", std::string("Internal error: ") + error.what() + ".", {}};
  } catch (...) {
    return {ErrorCode::internal, "", "Internal error.", {}};
  }
}

bool run_closure(Session& session, const std::function<bool(Transaction&)>& work) {
  Transaction tx(session);
  const bool keep = work(tx);
  if (keep && tx.failed())
    throw StorageError(ErrorCode::internal, "the failure of a statement was passed over");
  return keep;
}

base::Status WriteQueue::run(const Work& work) {
  Job job{work, {}, false};
  std::unique_lock lock(mutex_);
  if (leader_ == std::this_thread::get_id())
    return base::fail(ErrorCode::internal, "", "A write was asked for inside a write.");
  waiting_.push_back(&job);
  while (!job.done) {
    if (leader_ != std::thread::id())
      changed_.wait(lock);
    else
      lead(lock);
  }
  return job.status;
}

void WriteQueue::lead(std::unique_lock<std::mutex>& lock) {
  leader_ = std::this_thread::get_id();
  while (!waiting_.empty() && batch_.size() < max_batch) {
    batch_.push_back(waiting_.front());
    waiting_.pop_front();
  }
  lock.unlock();
  run_batch();
  lock.lock();
  for (auto* job : batch_) job->done = true;
  batch_.clear();
  leader_ = {};
  changed_.notify_all();
}

void WriteQueue::run_batch() noexcept {
  try {
    // A rollback that failed left a session that nothing can be said about.
    if (!session_) session_ = std::make_unique<Session>(settings_);
    session_->control("begin immediate");
    if (batch_.size() == 1)
      run_single(*batch_.front());
    else
      run_together();
  } catch (...) {
    // Nothing of this batch is in the database: no job may be told otherwise.
    const auto error = to_error(std::current_exception());
    for (auto* job : batch_)
      if (job->status) job->status = tl::unexpected<base::Error>(error);
    abandon();
  }
}

void WriteQueue::run_single(Job& job) {
  session_->control(run_closure(*session_, job.work) ? "commit" : "rollback");
}

void WriteQueue::run_together() {
  for (auto* job : batch_) {
    session_->control("savepoint job");
    bool keep = false;
    try {
      keep = run_closure(*session_, job->work);
    } catch (...) {
      job->status = tl::unexpected<base::Error>(to_error(std::current_exception()));
    }
    if (!session_->in_transaction())
      throw StorageError(ErrorCode::unavailable, "the transaction was rolled back");
    if (!keep) session_->control("rollback to job");
    session_->control("release job");
  }
  session_->control("commit");
}

void WriteQueue::abandon() noexcept {
  try {
    if (session_ && session_->in_transaction()) session_->control("rollback");
  } catch (...) {
    session_.reset();
  }
}

}  // namespace facet::storage
