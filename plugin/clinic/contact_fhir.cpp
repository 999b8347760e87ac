// SPDX-License-Identifier: MPL-2.0
#include "clinic/contact_fhir.h"

#include "clinic/identifiers.h"
#include "clinic/parts.h"

namespace facet::clinic {
namespace {

using base::Json;
using rest::Reader;

const Parts& contact_point() {
  static const Parts parts{
      {"system", one_of({"phone", "fax", "email", "pager", "url", "sms", "other"}), true},
      {"value", short_text(200), true},
      {"use", one_of({"home", "work", "temp", "old", "mobile"})},
      {"rank", whole_number(1, 100)}};
  return parts;
}

const Parts& address() {
  static const Parts parts{{"use", one_of({"home", "work", "temp", "old", "billing"})},
                           {"type", one_of({"postal", "physical", "both"})},
                           {"text", short_text(400)},
                           {"line", list_of(short_text(200), 5)},
                           {"city", short_text(200)},
                           {"district", short_text(200)},
                           {"state", short_text(200)},
                           {"postalCode", short_text(20)},
                           {"country", short_text(100)}};
  return parts;
}

const Parts& identifier() {
  static const Parts parts{{"use", one_of({"usual", "official", "temp", "secondary", "old"})},
                           {"system", short_text(200), true},
                           {"value", short_text(100), true}};
  return parts;
}

std::string place(const char* name, std::size_t i) {
  return std::string(name) + "[" + std::to_string(i) + "]";
}

std::optional<std::string> text_of(const Json& list) {
  if (list.is_null()) return {};
  return list.dump();
}

/// A local part and a domain with something in each: more than that only a message to it can tell.
bool is_email(const std::string& value) {
  const auto at = value.find('@');
  return at != std::string::npos && at > 0 && at + 1 < value.size() &&
         value.find('@', at + 1) == std::string::npos && value.find(' ') == std::string::npos;
}

}  // namespace

std::optional<std::string> read_telecom(Reader& reader) {
  const auto list = read_list(reader, "telecom", contact_point(), 10);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto& system = list[i]["system"].get_ref<const std::string&>();
    const auto& value = list[i]["value"].get_ref<const std::string&>();
    const bool number = system == "phone" || system == "sms" || system == "fax";
    if (number && phone_digits(value).empty())
      reader.refuse(place("telecom", i) + ".value", "A telephone number has 3 to 15 digits.");
    if (system == "email" && !is_email(value))
      reader.refuse(place("telecom", i) + ".value", "This is not an e-mail address.");
  }
  return text_of(list);
}

std::optional<std::string> read_address(Reader& reader) {
  const auto list = read_list(reader, "address", address(), 5);
  for (std::size_t i = 0; i < list.size(); ++i)
    if (!list[i].contains("text") && !list[i].contains("line") && !list[i].contains("city") &&
        !list[i].contains("postalCode"))
      reader.refuse(place("address", i), "An address needs a text, lines, a city or a post code.");
  return text_of(list);
}

std::optional<std::string> read_identifiers(Reader& reader) {
  auto list = read_list(reader, "identifier", identifier(), 10);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto system = list[i]["system"].get<std::string>();
    const auto kept = read_identifier(system, list[i]["value"].get<std::string>());
    if (!kept) {
      reader.refuse(place("identifier", i) + ".value",
                    "This is not a " + identifier_name(system) + ": its check digit is wrong.");
      return {};
    }
    list[i]["system"] = kept->system;
    list[i]["value"] = kept->value;
    for (std::size_t j = 0; j < i; ++j)
      if (list[j]["system"] == kept->system && list[j]["value"] == kept->value)
        reader.refuse(place("identifier", i), "This identifier is there twice.");
  }
  return text_of(list);
}

}  // namespace facet::clinic
