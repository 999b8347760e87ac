// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/reader.h"

namespace facet::clinic {

/// FHIR Period of which both ends are optional; half-open, as all of Facet's intervals.
void read_open_period(rest::Reader& reader, std::optional<std::int64_t>& start_ms,
                      std::optional<std::int64_t>& end_ms);
void write_open_period(const std::optional<std::int64_t>& start_ms,
                       const std::optional<std::int64_t>& end_ms, base::Json& body);

}  // namespace facet::clinic
