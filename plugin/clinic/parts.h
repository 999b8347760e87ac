// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <functional>
#include <vector>

#include "rest/reader.h"

namespace facet::clinic {

/// What a JSON value must be, and the sentence for one that is not.
struct Form {
  std::function<bool(const base::Json&)> holds;
  std::string says;
};

/// One element that an object may have.
struct Part {
  const char* name;
  Form form;
  bool required = false;
};
using Parts = std::vector<Part>;

Form short_text(std::size_t max_bytes);
Form one_of(std::initializer_list<const char*> codes);
Form whole_number(std::int64_t min, std::int64_t max);
Form list_of(Form form, std::size_t most);
/// An object made of parts and nothing else.
Form made_of(Parts parts);

/// What is wrong with an object that should be made of these parts; `field` is where, ".system".
std::optional<base::Error> fault_in(const base::Json& object, const Parts& parts);

/// A list of 1 to `most` objects, each made of these parts; refused with the place of the first
/// fault, "telecom[1].system". Gives the list; null if the element is absent or was refused.
base::Json read_list(rest::Reader& reader, const char* name, const Parts& parts, std::size_t most);

}  // namespace facet::clinic
