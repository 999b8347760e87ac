// SPDX-License-Identifier: MPL-2.0
#include "bedlink/link_code.h"

#include <array>

namespace facet::bedlink {
namespace {
constexpr std::array<std::string_view, 22> texts{
    "FORMAT",          "UNKNOWN_ACTION", "UNSUPPORTED_VERSION",
    "NOT_ACCEPTED",    "SIGNATURE",      "WRONG_BED",
    "REPLAY",          "EXPIRED",        "TOO_EARLY",
    "CLOCK_UNTRUSTED", "LIMIT",          "BUSY",
    "STATE",           "CONSUMED",       "CANCELLED",
    "ESTOP",           "FAULT",          "QUARANTINED",
    "STALE_EPOCH",     "RATE",           "STORAGE_FULL",
    "INTERNAL"};
}

std::string_view code_text(LinkCode code) {
  return texts.at(static_cast<std::size_t>(code));
}

std::optional<LinkCode> parse_code(std::string_view text) {
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (texts[i] == text) return static_cast<LinkCode>(i);
  return {};
}

bool worth_a_retry(LinkCode code) {
  return code == LinkCode::busy || code == LinkCode::rate || code == LinkCode::storage_full ||
         code == LinkCode::internal;
}

}  // namespace facet::bedlink
