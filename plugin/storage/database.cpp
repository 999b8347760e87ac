// SPDX-License-Identifier: MPL-2.0
#include "storage/database.h"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "storage/migrations.h"
#include "storage/write_queue.h"

namespace facet::storage {
namespace {

/// Sessions that are lent out one at a time; opens more as needed, up to a bound.
class SessionPool {
 public:
  SessionPool(Settings settings, std::size_t most) : settings_(std::move(settings)), most_(most) {}

  template <class Fn>
  auto with(Fn&& fn) {
    auto session = take();
    struct Return {
      SessionPool& pool;
      std::unique_ptr<Session>& session;
      ~Return() { pool.give_back(std::move(session)); }
    } back{*this, session};
    return fn(*session);
  }

 private:
  std::unique_ptr<Session> take() {
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [&] { return !idle_.empty() || open_ < most_; });
    if (!idle_.empty()) {
      auto session = std::move(idle_.back());
      idle_.pop_back();
      return session;
    }
    ++open_;
    lock.unlock();
    try {
      auto session = std::make_unique<Session>(settings_);
      // On SQLite only reads come here.
      if (settings_.dialect == Dialect::sqlite) session->run_script("pragma query_only=on");
      return session;
    } catch (...) {
      lock.lock();
      --open_;
      freed_.notify_one();
      throw;
    }
  }

  void give_back(std::unique_ptr<Session> session) {
    const std::lock_guard lock(mutex_);
    if (session->usable()) {
      idle_.push_back(std::move(session));
    } else {
      // The others were most likely cut off with it.
      open_ -= 1 + idle_.size();
      idle_.clear();
    }
    freed_.notify_all();
  }

  const Settings settings_;
  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Session>> idle_;  // guarded by mutex_
  std::size_t open_ = 0;                        // guarded by mutex_
};

/// One closure in a transaction of its own.
void run_alone(Session& session, const char* begin, const std::function<bool(Transaction&)>& work) {
  try {
    session.control(begin);
  } catch (const StorageError& error) {
    throw StorageError(error.code, error.what(), !session.usable());  // nothing was done yet
  }
  try {
    session.control(run_closure(session, work) ? "commit" : "rollback");
  } catch (...) {
    if (session.usable() && session.in_transaction()) session.control("rollback");
    throw;
  }
}

/// Copies the write-ahead log back into the database file, away from the callers' threads.
class Checkpointer {
 public:
  explicit Checkpointer(const Settings& settings)
      : session_(settings), thread_([this](const std::stop_token& stop) { work(stop); }) {}

 private:
  void work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!tick_.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; })) {
      if (stop.stop_requested()) return;
      try {
        session_.run_script("pragma wal_checkpoint(passive)");
      } catch (const StorageError&) {
        // Busy or full: the log keeps what was committed, and the next tick tries again.
      }
    }
  }

  Session session_;
  std::mutex mutex_;
  std::condition_variable_any tick_;
  std::jthread thread_;
};

/// A new database file is its owner's only; SQLite gives the log the same mode.
void make_private_file(const Settings& settings) {
  if (settings.dialect != Dialect::sqlite) return;
  const int file = ::open(settings.location.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);
}

constexpr std::size_t most_readers = 8;
constexpr std::size_t most_postgresql_sessions = 16;
constexpr int most_tries = 5;

}  // namespace

struct Database::Impl {
  explicit Impl(const Settings& s)
      : settings(s),
        sessions(s, s.dialect == Dialect::sqlite ? most_readers : most_postgresql_sessions) {
    if (s.dialect != Dialect::sqlite) return;
    writes = std::make_unique<WriteQueue>(s);
    checkpointer = std::make_unique<Checkpointer>(s);
  }

  base::Status run_leased(const char* begin, const Database::Work& work) {
    for (int attempt = 1;; ++attempt) {
      try {
        sessions.with([&](Session& session) {
          run_alone(session, begin, work);
          return true;
        });
        return {};
      } catch (const StorageError& error) {
        if (error.retry && attempt < most_tries) continue;
        return tl::unexpected<base::Error>(to_error(std::current_exception()));
      } catch (...) {
        return tl::unexpected<base::Error>(to_error(std::current_exception()));
      }
    }
  }

  Settings settings;
  SessionPool sessions;
  std::unique_ptr<WriteQueue> writes;
  std::unique_ptr<Checkpointer> checkpointer;
};

Database::Database() = default;
Database::~Database() = default;

base::Result<std::unique_ptr<Database>> Database::open(const Settings& settings,
                                                       std::int64_t now_ms) {
  try {
    make_private_file(settings);
    {
      Session session(settings);
      if (auto migrated = migrate(session, now_ms); !migrated) return base::pass(migrated);
    }
    std::unique_ptr<Database> database(new Database);
    database->impl_ = std::make_unique<Impl>(settings);
    return database;
  } catch (...) {
    return tl::unexpected<base::Error>(to_error(std::current_exception()));
  }
}

Dialect Database::dialect() const {
  return impl_->settings.dialect;
}

base::Status Database::run_read(const Work& work) {
  const char* begin =
      dialect() == Dialect::sqlite ? "begin" : "begin isolation level repeatable read read only";
  return impl_->run_leased(begin, work);
}

base::Status Database::run_write(const Work& work) {
  return impl_->writes ? impl_->writes->run(work) : impl_->run_leased("begin", work);
}

}  // namespace facet::storage
