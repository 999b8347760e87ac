// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>

#include "rest/message.h"
#include "storage/value.h"

namespace facet::rest {

enum class SearchKind { token, reference, date, string, number };

/// One parameter that a type can be searched by, and the column that answers it. SQL texts are
/// constants of the program.
struct SearchParameter {
  std::string name;  // "patient"
  SearchKind kind = SearchKind::token;
  std::string column = {};         // empty: the type's own search reads it
  std::string system_column = {};  // token: holds the code's system, if it has several
  std::string target = {};         // reference: the type it points to
  std::string element = {};        // reference: the element that holds it, for _include; may be empty
  /// A subquery, to be followed by a value, for more values that stand for that one.
  std::string also = {};
};

SearchParameter token(std::string name, std::string column = {}, std::string system_column = {});
SearchParameter date(std::string name, std::string column = {});
SearchParameter reference_to(std::string target, std::string name, std::string column = {},
                             std::string element = {});

/// Where a page ended: the state of the record that all pages show, and the last row.
struct Cursor {
  std::int64_t as_of_ms = 0;
  std::int64_t sort = 0;
  std::string id;
};
std::string cursor_text(const Cursor& cursor);
std::optional<Cursor> parse_cursor(std::string_view text);

/// A FHIR search as asked. Only parameters that the type declares get here.
struct SearchQuery {
  Pairs parameters;
  int count = 50;               // _count, 1 to 200
  std::optional<Cursor> after;  // _page, as a "next" link gave it

  std::optional<std::string> first(std::string_view name) const;
  /// The id in a reference parameter, with or without its type: "Patient/x" or "x".
  std::optional<std::string> reference(std::string_view name, std::string_view type) const;
  /// A bound of a date parameter: bound("start", "ge") of start=ge2026-11-22T09:30:00Z.
  /// Errors: invalid, not an instant.
  base::Result<std::optional<std::int64_t>> bound(std::string_view name,
                                                  std::string_view prefix) const;
};

/// Conditions on columns, joined by "and"; "1 = 1" if nothing was asked.
struct Conditions {
  std::string sql;
  std::vector<storage::Value> values;
};

/// What a query asks of declared columns, of `_id` and of `_lastUpdated`. A parameter given twice
/// must hold twice; values with commas between them are alternatives (token, reference). Dates take
/// eq, ne, gt, ge, lt, le and any precision from a year; a day is one of UTC.
/// Errors: invalid, a value that its kind does not take.
base::Result<Conditions> conditions_of(const std::vector<SearchParameter>& declared,
                                       const SearchQuery& query);

}  // namespace facet::rest
