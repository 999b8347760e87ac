// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <functional>
#include <span>
#include <string_view>

namespace facet::storage {

/// One row as text, valid during the call; integers as decimal digits, NULL as nothing.
using TextRow = std::span<const std::string_view>;
using OnTextRow = std::function<void(TextRow)>;

}  // namespace facet::storage
