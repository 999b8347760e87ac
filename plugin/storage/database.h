// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <memory>
#include <type_traits>

#include "storage/session.h"

namespace facet::storage {

class WriteQueue;

/// The clinic's database. `read` runs on a snapshot; `write` commits before it returns, or changes
/// nothing. Closures take a Transaction& and return a Result; a failed Result rolls its own work
/// back. A write closure may be run more than once, and on another caller's thread; it must have no
/// effect outside the transaction and must not itself call Database.
/// Errors: those of the closure; conflict if a constraint or trigger refused; unavailable if the
/// database is busy, full or gone. Threads: safe.
class Database {
 public:
  /// Opens and migrates. Errors: unavailable; conflict if the data is of a newer version or its
  /// migration history was altered.
  static base::Result<std::unique_ptr<Database>> open(const Settings& settings,
                                                      std::int64_t now_ms);
  ~Database();

  template <class Fn>
  auto read(Fn&& fn) -> std::invoke_result_t<Fn, Transaction&> {
    using R = std::invoke_result_t<Fn, Transaction&>;
    std::optional<R> result;
    const auto status = run_read([&](Transaction& tx) {
      result.emplace(fn(tx));
      return result->has_value();
    });
    return settle<R>(result, status);
  }

  template <class Fn>
  auto write(Fn&& fn) -> std::invoke_result_t<Fn, Transaction&> {
    using R = std::invoke_result_t<Fn, Transaction&>;
    std::optional<R> result;
    const auto status = run_write([&](Transaction& tx) {
      result.emplace(fn(tx));
      return result->has_value();
    });
    return settle<R>(result, status);
  }

  Dialect dialect() const;

 private:
  using Work = std::function<bool(Transaction&)>;  // false: roll back

  Database();
  base::Status run_read(const Work& work);
  base::Status run_write(const Work& work);

  template <class R>
  static R settle(std::optional<R>& result, const base::Status& status) {
    if (!status) return tl::unexpected<base::Error>(status.error());
    return std::move(*result);
  }

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace facet::storage
