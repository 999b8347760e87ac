// SPDX-License-Identifier: MPL-2.0
#include "clinic/parts.h"

#include <algorithm>

namespace facet::clinic {

using base::Json;

namespace {
constexpr std::size_t longest_list = 8192;  // bytes of JSON
}

Form short_text(std::size_t max_bytes) {
  return {[max_bytes](const Json& value) {
            if (!value.is_string()) return false;
            const auto& text = value.get_ref<const std::string&>();
            return !text.empty() && text.size() <= max_bytes &&
                   text.find('\0') == std::string::npos;
          },
          "This must be text of at most " + std::to_string(max_bytes) + " bytes."};
}

Form one_of(std::initializer_list<const char*> codes) {
  std::vector<std::string> all(codes.begin(), codes.end());
  std::string list;
  for (const auto& one : all) list += (list.empty() ? "" : ", ") + one;
  return {[all = std::move(all)](const Json& value) {
            return std::find(all.begin(), all.end(), value) != all.end();
          },
          "This must be one of: " + list + "."};
}

Form whole_number(std::int64_t min, std::int64_t max) {
  return {[min, max](const Json& value) {
            return value.is_number_integer() && value >= min && value <= max;
          },
          "This must be a whole number from " + std::to_string(min) + " to " + std::to_string(max) +
              "."};
}

Form list_of(Form form, std::size_t most) {
  auto says = "This must be a list of 1 to " + std::to_string(most) + "; in it: " + form.says;
  return {[form = std::move(form), most](const Json& value) {
            return value.is_array() && !value.empty() && value.size() <= most &&
                   std::all_of(value.begin(), value.end(), form.holds);
          },
          std::move(says)};
}

Form made_of(Parts parts) {
  std::string names;
  for (const auto& part : parts) names += (names.empty() ? "" : ", ") + std::string(part.name);
  return {[parts = std::move(parts)](const Json& value) { return !fault_in(value, parts); },
          "This must be an object of: " + names + "."};
}

std::optional<base::Error> fault_in(const Json& object, const Parts& parts) {
  const auto fault = [](std::string field, std::string says) {
    return base::Error{base::ErrorCode::invalid, std::move(field), std::move(says), {}};
  };
  if (!object.is_object()) return fault("", "This must be an object.");
  for (const auto& [name, value] : object.items()) {
    const auto part = std::find_if(parts.begin(), parts.end(),
                                   [&key = name](const Part& one) { return key == one.name; });
    if (part == parts.end()) return fault("." + name, "Facet does not take this element.");
    if (!part->form.holds(value)) return fault("." + name, part->form.says);
  }
  for (const auto& part : parts)
    if (part.required && !object.contains(part.name))
      return fault(std::string(".") + part.name, "This element is required.");
  return {};
}

Json read_list(rest::Reader& reader, const char* name, const Parts& parts, std::size_t most) {
  const auto& list = reader.element(name);
  if (list.is_null()) return {};
  if (!list.is_array() || list.empty() || list.size() > most || list.dump().size() > longest_list) {
    reader.refuse(name, "This must be a list of 1 to " + std::to_string(most) +
                            " objects, at most 8192 bytes in all.");
    return {};
  }
  for (std::size_t i = 0; i < list.size(); ++i)
    if (const auto fault = fault_in(list[i], parts)) {
      reader.refuse(std::string(name) + "[" + std::to_string(i) + "]" + fault->field,
                    fault->message);
      return {};
    }
  return list;
}

}  // namespace facet::clinic
