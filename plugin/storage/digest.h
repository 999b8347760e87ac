// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <string_view>

namespace facet::storage {

/// SHA-256 as 64 lower-case hexadecimal digits.
std::string digest_hex(std::string_view bytes);

/// HMAC-SHA-256, 32 raw bytes. Throws std::runtime_error if OpenSSL fails.
std::string hmac(std::string_view key, std::string_view bytes);

std::string to_hex(std::string_view bytes);
std::string to_base64(std::string_view bytes);
/// Empty if the text is not base64.
std::string from_base64(std::string_view text);

/// `size` bytes from OpenSSL's generator. Throws std::runtime_error if it fails.
std::string random_bytes(std::size_t size);

}  // namespace facet::storage
