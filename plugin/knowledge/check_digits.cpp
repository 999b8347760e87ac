// SPDX-License-Identifier: MPL-2.0
#include <array>

#include "knowledge/check_rules.h"

namespace facet::knowledge {
namespace {

constexpr std::string_view product[10] = {"0123456789", "1234067895", "2340178956", "3401289567",
                                          "4012395678", "5987604321", "6598710432", "7659821043",
                                          "8765932104", "9876543210"};
constexpr std::string_view permutation[8] = {"0123456789", "1576283094", "5803796142",
                                             "8916043527", "9453126870", "4286573901",
                                             "2793806415", "7046913258"};

std::size_t digit(char c) {
  return static_cast<std::size_t>(c - '0');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool joins_a_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

}  // namespace

bool has_check_digit(std::string_view digits) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const char c = digits[digits.size() - 1 - i];
    sum = digit(product[sum][digit(permutation[i % 8][digit(c)])]);
  }
  return sum == 0;
}

void check_digits(std::string_view text, Findings& findings) {
  for (std::size_t begin = 0, end = 0; begin < text.size(); begin = end + 1) {
    end = begin;
    while (end < text.size() && is_digit(text[end])) ++end;
    const bool alone = (begin == 0 || !joins_a_word(text[begin - 1])) &&
                       (end == text.size() || !joins_a_word(text[end]));
    const auto number = text.substr(begin, end - begin);
    if (alone && number.size() >= 6 && number.size() <= 18 && !has_check_digit(number))
      findings.push_back({"symptoms.json", std::string(number) + " has a wrong check digit"});
  }
}

}  // namespace facet::knowledge
