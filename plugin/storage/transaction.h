// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <array>
#include <functional>
#include <span>

#include "storage/text_row.h"
#include "storage/value.h"

namespace facet::storage {

enum class Dialect { sqlite, postgresql };

class Session;

/// An open transaction on one session; what stores write their SQL through. Parameters are named
/// `:like_this`, each name once, and given in the order in which they stand in the text. Statements
/// are prepared once per session and kept, so SQL text must be constant (no values pasted in).
/// Throws StorageError; once a statement has failed, no other runs and nothing is committed,
/// whoever catches it. Text with the character NUL is refused. Threads: one only; lives as long as
/// the closure it was given to.
class Transaction {
 public:
  explicit Transaction(Session& session) : session_(session) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  Dialect dialect() const;
  /// The audit chain that this session writes (audit_chain.h).
  const std::string& chain() const;

  /// Runs one statement; gives the number of rows it changed.
  template <class... In>
  std::int64_t execute(std::string_view sql, const In&... in) {
    const std::array<Value, sizeof...(In)> values{to_value(in)...};
    return run(sql, values, {}, nullptr);
  }

  std::int64_t execute(std::string_view sql, const std::vector<Value>& in) {
    return run(sql, in, {}, nullptr);
  }

  /// All rows: `query<std::string, std::int64_t>("select id, start_ms ... where x = :x", x)`.
  template <class... Out, class... In>
  std::vector<std::tuple<Out...>> query(std::string_view sql, const In&... in) {
    std::vector<std::tuple<Out...>> rows;
    const std::array<Value, sizeof...(In)> values{to_value(in)...};
    rows_of<Out...>(sql, values, [&rows](Out... out) { rows.emplace_back(std::move(out)...); });
    return rows;
  }

  /// The first row, if any.
  template <class... Out, class... In>
  std::optional<std::tuple<Out...>> query_one(std::string_view sql, const In&... in) {
    auto rows = query<Out...>(sql, in...);
    if (rows.empty()) return {};
    return std::move(rows.front());
  }

  /// Row by row, for results too large to hold.
  template <class... Out, class Fn>
  void each(std::string_view sql, const std::vector<Value>& in, Fn&& fn) {
    rows_of<Out...>(sql, in, std::forward<Fn>(fn));
  }

  /// Row by row as text and several times faster, for walks over whole tables. Parameters are $1, $2
  /// ... in order. PostgreSQL sends all rows at once: read page by page.
  void scan(std::string_view sql, const std::vector<Value>& in, const OnTextRow& on_row);

  /// True once a statement has failed.
  bool failed() const { return failed_; }

 private:
  template <class... Out, class Fn>
  void rows_of(std::string_view sql, std::span<const Value> in, Fn&& fn) {
    static constexpr Kind kinds[] = {Column<Out>::kind...};
    run(sql, in, kinds, [&fn](std::vector<Value>& row) {
      call<Out...>(fn, row, std::index_sequence_for<Out...>{});
    });
  }

  template <class... Out, class Fn, std::size_t... I>
  static void call(Fn& fn, std::vector<Value>& row, std::index_sequence<I...>) {
    fn(Column<Out>::read(row[I])...);
  }

  std::int64_t run(std::string_view sql, std::span<const Value> in, std::span<const Kind> out,
                   const std::function<void(std::vector<Value>&)>& on_row);

  Session& session_;
  bool failed_ = false;
};

}  // namespace facet::storage
