// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace facet::clinic {

/// An identifier as it is kept and compared.
struct Identifier {
  std::string system, value;
  /// One person has it, for life: no two active patients may carry it.
  bool national = false;
};

/// The identifier in the form in which it is kept: numbers with a check digit lose the spaces
/// people write them with. Nothing if it is such a number and wrong. Known are the NHS number, the
/// Scottish CHI number and the Northern Irish Health and Care number; any other system's values are
/// taken as they are.
std::optional<Identifier> read_identifier(std::string_view system, std::string_view value);

/// "NHS number", to tell a person what is wrong; empty for systems without a check digit.
std::string identifier_name(std::string_view system);

/// Ten digits of which the last is the check digit of the others: weights 10 to 2, modulo 11.
bool has_modulo_11_digit(std::string_view digits);

/// The digits by which a telephone number is found: the last nine, so that +44 20 7946 0018 and
/// 020 7946 0018 are one. Empty if there are fewer than three, or more than fifteen (E.164).
std::string phone_digits(std::string_view number);

}  // namespace facet::clinic
