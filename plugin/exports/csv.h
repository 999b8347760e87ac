// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/json.h"

namespace facet::exports {

/// One cell by RFC 4180. Text that a spreadsheet would run as a formula gets a single quote in front
/// (OWASP, CSV injection); numbers and yes/no are as they are; null is empty.
std::string csv_cell(const base::Json& value);

/// Cells with commas between them and CRLF at the end.
std::string csv_row(const std::vector<base::Json>& values);

}  // namespace facet::exports
