// SPDX-License-Identifier: MPL-2.0
#include "clinic/period_fhir.h"

#include "clinic/parts.h"

namespace facet::clinic {

using base::Json;

void read_open_period(rest::Reader& reader, std::optional<std::int64_t>& start_ms,
                      std::optional<std::int64_t>& end_ms) {
  static const Form instant{
      [](const Json& value) {
        return value.is_string() && base::parse_instant(value.get_ref<const std::string&>());
      },
      "This must be a date and time with its offset, like 2026-11-22T09:30:00Z."};
  static const Parts parts{{"start", instant}, {"end", instant}};
  const auto& period = reader.element("period");
  if (period.is_null()) return;
  if (const auto fault = fault_in(period, parts))
    return reader.refuse("period" + fault->field, fault->message);
  if (period.contains("start")) start_ms = base::parse_instant(period["start"].get<std::string>());
  if (period.contains("end")) end_ms = base::parse_instant(period["end"].get<std::string>());
  if (start_ms && end_ms && *end_ms <= *start_ms)
    reader.refuse("period", "The end is not after the start.");
}

void write_open_period(const std::optional<std::int64_t>& start_ms,
                       const std::optional<std::int64_t>& end_ms, Json& body) {
  if (start_ms) body["period"]["start"] = base::instant_text(*start_ms);
  if (end_ms) body["period"]["end"] = base::instant_text(*end_ms);
}

}  // namespace facet::clinic
