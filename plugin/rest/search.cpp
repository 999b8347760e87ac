// SPDX-License-Identifier: MPL-2.0
#include "rest/search.h"

#include <algorithm>
#include <charconv>

#include "base/time_text.h"
#include "base/uuid.h"

namespace facet::rest {
namespace {

using base::Result;
using base::Status;

constexpr std::size_t most_alternatives = 50;

/// The moments that a FHIR date or dateTime stands for, half-open.
struct Span {
  std::int64_t start_ms, end_ms;
};

std::int64_t day_start_ms(const base::PartialDate& day) {
  return *base::parse_instant(base::date_text(day) + "T00:00:00Z");
}

std::optional<Span> span_of(std::string_view text) {
  if (const auto instant = base::parse_instant(text)) {
    const bool has_fraction = text.find('.') != std::string_view::npos;
    return Span{*instant, *instant + (has_fraction ? 1 : 1000)};
  }
  const auto date = base::parse_date(text);
  if (!date || date->year < 1900 || date->year >= 2100) return {};
  auto start = *date, end = *date;
  if (start.month == 0) start.month = 1;
  if (start.day == 0) start.day = 1;
  if (date->day != 0) return Span{day_start_ms(start), day_start_ms(start) + 86'400'000};
  if (date->month == 0 || date->month == 12) {
    end = {date->year + 1, 1, 1};
  } else {
    end = {date->year, date->month + 1, 1};
  }
  return Span{day_start_ms(start), day_start_ms(end)};
}

std::vector<std::string> alternatives_of(const std::string& value) {
  std::vector<std::string> found(1);
  for (const char c : value)
    if (c == ',')
      found.emplace_back();
    else
      found.back() += c;
  return found;
}

class Builder {
 public:
  Status add(const SearchParameter& parameter, const std::string& value) {
    if (parameter.kind == SearchKind::date) return add_date(parameter, value);
    const auto alternatives = alternatives_of(value);
    if (alternatives.size() > most_alternatives)
      return base::invalid(parameter.name, "At most 50 values are searched for at once.");
    std::string any;
    for (const auto& one : alternatives) {
      auto condition = parameter.kind == SearchKind::reference ? reference(parameter, one)
                                                               : token(parameter, one);
      if (!condition) return base::pass(condition);
      any += (any.empty() ? "(" : " or ") + *condition;
    }
    join(any + ")");
    return {};
  }

  Conditions take() {
    if (sql_.empty()) sql_ = "1 = 1";
    return {std::move(sql_), std::move(values_)};
  }

 private:
  std::string bind(storage::Value value) {
    values_.push_back(std::move(value));
    return ":q" + std::to_string(values_.size());
  }

  void join(const std::string& condition) { sql_ += (sql_.empty() ? "" : " and ") + condition; }

  Result<std::string> token(const SearchParameter& parameter, const std::string& value) {
    const auto bar = value.find('|');
    if (bar == std::string::npos) return parameter.column + " = " + bind(value);
    if (parameter.system_column.empty())
      return base::invalid(parameter.name, "This is a code without a system.");
    std::string condition = "(" + parameter.system_column + " = " + bind(value.substr(0, bar));
    if (bar + 1 < value.size())
      condition += " and " + parameter.column + " = " + bind(value.substr(bar + 1));
    return condition + ")";
  }

  Result<std::string> reference(const SearchParameter& parameter, std::string value) {
    if (value.starts_with(parameter.target + "/")) value.erase(0, parameter.target.size() + 1);
    if (!base::is_fhir_id(value))
      return base::invalid(parameter.name, "This must be the id of a " + parameter.target +
                                               ", with or without its type.");
    if (parameter.also.empty()) return parameter.column + " = " + bind(value);
    const auto itself = bind(value);
    return parameter.column + " in (select " + itself + " union all " + parameter.also +
           bind(value) + ")";
  }

  Status add_date(const SearchParameter& parameter, std::string_view value) {
    std::string_view prefix = "eq";
    if (value.size() > 2 && value[0] >= 'a' && value[0] <= 'z') {
      prefix = value.substr(0, 2);
      value.remove_prefix(2);
    }
    const auto span = span_of(value);
    const auto compare = [&](const char* with, std::int64_t bound) {
      return parameter.column + with + bind(bound);
    };
    // Parameters are bound in the order in which they stand in the text: one statement each.
    const auto both = [&](const char* first, const char* between, const char* second) {
      const auto start = compare(first, span->start_ms);
      return start + between + compare(second, span->end_ms);
    };
    if (span && prefix == "eq")
      join(both(" >= ", " and ", " < "));
    else if (span && prefix == "ne")
      join("(" + both(" < ", " or ", " >= ") + ")");
    else if (span && prefix == "gt")
      join(compare(" >= ", span->end_ms));
    else if (span && prefix == "ge")
      join(compare(" >= ", span->start_ms));
    else if (span && prefix == "lt")
      join(compare(" < ", span->start_ms));
    else if (span && prefix == "le")
      join(compare(" < ", span->end_ms));
    else
      return base::invalid(parameter.name,
                           "This must be a date with eq, ne, gt, ge, lt or le before it, like "
                           "ge2026-11-22 or lt2026-11-22T09:30:00Z.");
    return {};
  }

  std::string sql_;
  std::vector<storage::Value> values_;
};

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

}  // namespace

SearchParameter token(std::string name, std::string column, std::string system_column) {
  return {
      std::move(name), SearchKind::token, std::move(column), std::move(system_column), {}, {}, {}};
}

SearchParameter date(std::string name, std::string column) {
  return {std::move(name), SearchKind::date, std::move(column), {}, {}, {}, {}};
}

SearchParameter reference_to(std::string target, std::string name, std::string column,
                             std::string element) {
  return {std::move(name),
          SearchKind::reference,
          std::move(column),
          {},
          std::move(target),
          std::move(element),
          {}};
}

std::string cursor_text(const Cursor& cursor) {
  return std::to_string(cursor.as_of_ms) + "_" + std::to_string(cursor.sort) + "_" + cursor.id;
}

std::optional<Cursor> parse_cursor(std::string_view text) {
  const auto first = text.find('_');
  const auto second = text.find('_', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return {};
  const auto as_of = whole(text.substr(0, first));
  const auto sort = whole(text.substr(first + 1, second - first - 1));
  const auto id = text.substr(second + 1);
  if (!as_of || !sort || !base::is_fhir_id(id)) return {};
  return Cursor{*as_of, *sort, std::string(id)};
}

std::optional<std::string> SearchQuery::first(std::string_view name) const {
  for (const auto& [key, value] : parameters)
    if (key == name) return value;
  return {};
}

std::optional<std::string> SearchQuery::reference(std::string_view name,
                                                  std::string_view type) const {
  auto value = first(name);
  const std::string prefix = std::string(type) + "/";
  if (value && value->starts_with(prefix)) value->erase(0, prefix.size());
  return value;
}

base::Result<std::optional<std::int64_t>> SearchQuery::bound(std::string_view name,
                                                             std::string_view prefix) const {
  for (const auto& [key, value] : parameters) {
    if (key != name || !value.starts_with(prefix)) continue;
    const auto ms = base::parse_instant(std::string_view(value).substr(prefix.size()));
    if (!ms)
      return base::invalid(std::string(name),
                           "This must be a prefix and an instant, like ge2026-11-22T09:30:00Z.");
    return ms;
  }
  return std::optional<std::int64_t>{};
}

Result<Conditions> conditions_of(const std::vector<SearchParameter>& declared,
                                 const SearchQuery& query) {
  static const SearchParameter id = token("_id", "id");
  static const SearchParameter last_updated = date("_lastUpdated", "recorded_ms");
  Builder builder;
  for (const auto& [name, value] : query.parameters) {
    const SearchParameter* parameter = name == "_id"            ? &id
                                       : name == "_lastUpdated" ? &last_updated
                                                                : nullptr;
    for (const auto& one : declared)
      if (one.name == name) parameter = &one;
    if (parameter == nullptr || parameter->column.empty()) continue;
    if (auto ok = builder.add(*parameter, value); !ok) return base::pass(ok);
  }
  return builder.take();
}

}  // namespace facet::rest
