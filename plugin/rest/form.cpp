// SPDX-License-Identifier: MPL-2.0
#include "rest/form.h"

namespace facet::rest {
namespace {

constexpr std::size_t most_bytes = 64 * 1024;
constexpr std::size_t most_pairs = 100;
constexpr std::string_view hex_digits = "0123456789ABCDEF";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::optional<std::string> decode(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    if (i + 2 >= text.size()) return {};
    const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
    if (high < 0 || low < 0 || (high == 0 && low == 0)) return {};
    plain += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return plain;
}

void encode(std::string_view plain, std::string& text) {
  for (const char c : plain) {
    const bool safe = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      std::string_view("-._~/:,").find(c) != std::string_view::npos;
    if (safe) {
      text += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    text += {'%', hex_digits[byte >> 4], hex_digits[byte & 15]};
  }
}

}  // namespace

base::Result<Pairs> parse_form(std::string_view text) {
  if (text.size() > most_bytes)
    return base::fail(base::ErrorCode::too_large, "", "A form is at most 64 KiB.");
  Pairs pairs;
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const auto pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto equals = std::min(pair.find('='), pair.size());
    auto name = decode(pair.substr(0, equals));
    auto value = decode(pair.substr(std::min(equals + 1, pair.size())));
    if (!name || !value || name->empty())
      return base::invalid(
          "", "This is not a form: name=value pairs, percent-encoded, with & between.");
    if (pairs.size() == most_pairs)
      return base::fail(base::ErrorCode::too_large, "", "A form has at most 100 pairs.");
    pairs.emplace_back(std::move(*name), std::move(*value));
  }
  return pairs;
}

std::string form_text(const Pairs& pairs) {
  std::string text;
  for (const auto& [name, value] : pairs) {
    if (!text.empty()) text += '&';
    encode(name, text);
    text += '=';
    encode(value, text);
  }
  return text;
}

}  // namespace facet::rest
