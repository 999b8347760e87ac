// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/reader.h"

namespace facet::clinic {

/// A member of staff's name as one text: HumanName.text, or given names and family.
std::string read_staff_name(rest::Reader& reader);

/// The words of a HumanName list, for display and for the search index.
std::string words_of_names(const base::Json& names);

/// "Given Family" of the first name, as a person would write it.
std::string display_name(const base::Json& names);

/// Checks a HumanName list: 1 to 5 names of text, family, given, use, prefix; bounded.
void check_names(rest::Reader& reader, const base::Json& names);

}  // namespace facet::clinic
