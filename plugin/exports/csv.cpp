// SPDX-License-Identifier: MPL-2.0
#include "exports/csv.h"

#include <algorithm>
#include <array>

namespace facet::exports {
namespace {

/// Also the full-width forms, which spreadsheets take for the ASCII ones.
constexpr std::array<std::string_view, 11> formula_starts{"=",  "+",  "-",  "@",  "\t", "\r",
                                                          "\n", "＝", "＋", "－", "＠"};

bool runs_as_formula(std::string_view text) {
  return std::any_of(formula_starts.begin(), formula_starts.end(),
                     [&](std::string_view start) { return text.starts_with(start); });
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string cell = "\"";
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + '"';
}

}  // namespace

std::string csv_cell(const base::Json& value) {
  if (value.is_null()) return "";
  if (value.is_number() || value.is_boolean()) return value.dump();
  const auto text = value.is_string() ? value.get<std::string>() : value.dump();
  return quoted(runs_as_formula(text) ? "'" + text : text);
}

std::string csv_row(const std::vector<base::Json>& values) {
  std::string row;
  for (std::size_t i = 0; i < values.size(); ++i) row += (i == 0 ? "" : ",") + csv_cell(values[i]);
  return row + "\r\n";
}

}  // namespace facet::exports
