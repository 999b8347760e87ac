// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <openssl/types.h>

#include <array>
#include <string>
#include <string_view>

namespace facet::storage {

/// SHA-256 as 64 lower-case hexadecimal digits.
std::string digest_hex(std::string_view bytes);

/// HMAC-SHA-256, 32 raw bytes. Throws std::runtime_error if OpenSSL fails.
std::string hmac(std::string_view key, std::string_view bytes);

/// HMAC-SHA-256 under one key that is set up once, for many texts. Copies are independent. Throws
/// std::runtime_error if OpenSSL fails. Threads: one at a time.
class Hmac {
 public:
  explicit Hmac(std::string_view key);
  Hmac(const Hmac& other);
  Hmac& operator=(const Hmac&) = delete;
  ~Hmac();
  std::array<unsigned char, 32> operator()(std::string_view bytes);

 private:
  EVP_MAC_CTX* context_;
};

std::string to_hex(std::string_view bytes);
std::string to_base64(std::string_view bytes);
/// Empty if the text is not base64.
std::string from_base64(std::string_view text);

/// `size` bytes from OpenSSL's generator. Throws std::runtime_error if it fails.
std::string random_bytes(std::size_t size);

}  // namespace facet::storage
