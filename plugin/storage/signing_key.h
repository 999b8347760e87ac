// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <openssl/types.h>

#include <memory>
#include <string>
#include <string_view>

namespace facet::storage {

/// An Ed25519 key pair made from 32 secret bytes, always the same one from the same bytes. Throws
/// std::runtime_error if OpenSSL fails. Threads: safe.
class SigningKey {
 public:
  explicit SigningKey(std::string_view seed);

  /// 64 raw bytes.
  std::string sign(std::string_view bytes) const;
  bool verify(std::string_view bytes, std::string_view signature) const;
  /// 32 raw bytes, for those who may check and not sign.
  std::string public_key() const;

 private:
  std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace facet::storage
