// SPDX-License-Identifier: MPL-2.0
#include "storage/signing_key.h"

#include <openssl/evp.h>

#include <stdexcept>

namespace facet::storage {
namespace {

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

SigningKey::SigningKey(std::string_view seed)
    : key_(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes_of(seed), seed.size()),
           &EVP_PKEY_free) {
  if (!key_) throw std::runtime_error("OpenSSL makes no Ed25519 key");
}

std::string SigningKey::sign(std::string_view bytes) const {
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     bytes_of(bytes), bytes.size()) != 1)
    throw std::runtime_error("OpenSSL does not sign");
  return signature;
}

bool SigningKey::verify(std::string_view bytes, std::string_view signature) const {
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  return context &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
         EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(bytes),
                          bytes.size()) == 1;
}

std::string SigningKey::public_key() const {
  std::string bytes(32, '\0');
  std::size_t size = bytes.size();
  if (EVP_PKEY_get_raw_public_key(key_.get(), reinterpret_cast<unsigned char*>(bytes.data()),
                                  &size) != 1)
    throw std::runtime_error("OpenSSL gives no public key");
  return bytes;
}

}  // namespace facet::storage
