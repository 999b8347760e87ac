// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace facet::base {

/// RFC 3339 in UTC with milliseconds, "2026-11-22T09:30:00.000Z": a FHIR instant.
std::string instant_text(std::int64_t utc_ms);

/// Reads an RFC 3339 instant with any offset and 0 to 9 digits of fraction (cut to milliseconds).
/// A date without time, a missing offset or an impossible day gives nothing. Years 1900 to 2100.
std::optional<std::int64_t> parse_instant(std::string_view text);

/// A calendar date with the precision it was given in (FHIR date: YYYY, YYYY-MM or YYYY-MM-DD).
struct PartialDate {
  int year = 0;
  unsigned month = 0;  // 0: not known
  unsigned day = 0;    // 0: not known
  bool operator==(const PartialDate&) const = default;
};
std::optional<PartialDate> parse_date(std::string_view text);
std::string date_text(const PartialDate& date);

/// Whole years from a birth date to a day; an unknown month or day counts as the last one
/// possible, so that nobody is taken for older than certain.
int age_years(const PartialDate& birth, const PartialDate& on);

}  // namespace facet::base
