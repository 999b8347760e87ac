// SPDX-License-Identifier: MPL-2.0
#include "rest/message.h"

namespace facet::rest {
namespace {

std::optional<std::string_view> first(const Pairs& pairs, std::string_view name) {
  for (const auto& [key, value] : pairs)
    if (key == name) return value;
  return {};
}

}  // namespace

std::optional<std::string_view> Request::header(std::string_view name) const {
  return first(headers, name);
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
  return first(query, name);
}

}  // namespace facet::rest
