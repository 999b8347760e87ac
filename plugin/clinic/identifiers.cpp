// SPDX-License-Identifier: MPL-2.0
#include "clinic/identifiers.h"

#include <algorithm>
#include <array>

#include "base/time_text.h"

namespace facet::clinic {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The first six digits of a CHI number are a birth date, DDMMYY. Its century is not in it.
bool begins_with_date(std::string_view digits) {
  const auto text = [&](const char* century) {
    return century + std::string(digits.substr(4, 2)) + "-" + std::string(digits.substr(2, 2)) +
           "-" + std::string(digits.substr(0, 2));
  };
  return base::parse_date(text("19")) || base::parse_date(text("20"));
}

bool any_date(std::string_view) {
  return true;
}

struct System {
  std::string_view uri;
  std::string_view kept_as;
  const char* name;
  bool (*fits)(std::string_view digits);
};

constexpr std::string_view chi = "urn:oid:2.16.840.1.113883.2.1.3.2.4.16.53";

/// The CHI number goes by two names in published UK profiles; it is one number.
const std::array<System, 4> systems{{
    {"https://fhir.nhs.uk/Id/nhs-number", "https://fhir.nhs.uk/Id/nhs-number", "NHS number",
     any_date},
    {chi, chi, "CHI number", begins_with_date},
    {"https://fhir.nhs.uk/Id/chi-number", chi, "CHI number", begins_with_date},
    {"https://fhir.nhs.uk/Id/hsc-number", "https://fhir.nhs.uk/Id/hsc-number",
     "Health and Care number", any_date},
}};

const System* find_system(std::string_view uri) {
  const auto found = std::find_if(systems.begin(), systems.end(),
                                  [&](const System& one) { return one.uri == uri; });
  return found == systems.end() ? nullptr : &*found;
}

}  // namespace

bool has_modulo_11_digit(std::string_view digits) {
  if (digits.size() != 10 || !std::all_of(digits.begin(), digits.end(), is_digit)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) sum += (digits[i] - '0') * static_cast<int>(10 - i);
  const int check = (11 - sum % 11) % 11;
  return check == digits[9] - '0';  // a remainder that asks for 10 fits no digit
}

std::optional<Identifier> read_identifier(std::string_view system, std::string_view value) {
  const auto* known = find_system(system);
  if (known == nullptr) return Identifier{std::string(system), std::string(value), false};
  std::string digits;
  std::copy_if(value.begin(), value.end(), std::back_inserter(digits),
               [](char c) { return c != ' '; });
  // Ten times the same digit passes modulo 11, and is what people type to get past a form.
  const bool filler = digits.find_first_not_of(digits.substr(0, 1)) == std::string::npos;
  if (!has_modulo_11_digit(digits) || filler || !known->fits(digits)) return {};
  return Identifier{std::string(known->kept_as), digits, true};
}

std::string identifier_name(std::string_view system) {
  const auto* known = find_system(system);
  return known == nullptr ? "" : known->name;
}

std::string phone_digits(std::string_view number) {
  std::string digits;
  std::copy_if(number.begin(), number.end(), std::back_inserter(digits), is_digit);
  if (digits.size() < 3 || digits.size() > 15) return {};
  return digits.size() > 9 ? digits.substr(digits.size() - 9) : digits;
}

}  // namespace facet::clinic
