// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace facet::storage {

/// AES-256-GCM with a fresh 96-bit nonce; the result is base64 of nonce, ciphertext and tag.
/// `place` is authenticated with it, so that a sealed value copied into another row or column does
/// not open. Throws std::runtime_error if OpenSSL fails.
std::string seal(std::string_view key, std::string_view plain, std::string_view place);

/// Nothing if the key, the place or a single bit is wrong.
std::optional<std::string> unseal(std::string_view key, std::string_view sealed,
                                  std::string_view place);

}  // namespace facet::storage
