// SPDX-License-Identifier: MPL-2.0
#include "storage/database.h"

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
      return std::make_unique<Session>(settings_);
    } catch (...) {
      lock.lock();
      --open_;
      freed_.notify_one();
      throw;
    }
  }

  void give_back(std::unique_ptr<Session> session) {
    const std::lock_guard lock(mutex_);
    if (session->usable())
      idle_.push_back(std::move(session));
    else
      --open_;
    freed_.notify_one();
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
  session.run_script(begin);
  try {
    Transaction tx(session);
    session.run_script(work(tx) ? "commit" : "rollback");
  } catch (...) {
    if (session.in_transaction() && session.usable()) session.run_script("rollback");
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

Dialect Database::dialect() const { return impl_->settings.dialect; }

base::Status Database::run_read(const Work& work) {
  const char* begin = dialect() == Dialect::sqlite
                          ? "begin"
                          : "begin isolation level repeatable read read only";
  try {
    impl_->sessions.with([&](Session& session) {
      run_alone(session, begin, work);
      return true;
    });
    return {};
  } catch (...) {
    return tl::unexpected<base::Error>(to_error(std::current_exception()));
  }
}

base::Status Database::run_write(const Work& work) {
  if (impl_->writes) return impl_->writes->run(work);
  for (int attempt = 1;; ++attempt) {
    try {
      impl_->sessions.with([&](Session& session) {
        run_alone(session, "begin", work);
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

}  // namespace facet::storage
