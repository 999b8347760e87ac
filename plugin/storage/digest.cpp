// SPDX-License-Identifier: MPL-2.0
#include "storage/digest.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <memory>
#include <stdexcept>

namespace facet::storage {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// Made once: looking the algorithm up costs more than a short HMAC.
const EVP_MAC_CTX* hmac_sha256() {
  static const EVP_MAC_CTX* const made = [] {
    EVP_MAC* mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    EVP_MAC_CTX* context = EVP_MAC_CTX_new(mac);
    EVP_MAC_free(mac);
    char digest[] = "SHA256";
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                 OSSL_PARAM_construct_end()};
    if (context == nullptr || EVP_MAC_CTX_set_params(context, params) != 1)
      throw std::runtime_error("OpenSSL has no HMAC-SHA-256");
    return context;
  }();
  return made;
}

}  // namespace

std::string to_hex(std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    text += digits[static_cast<unsigned char>(c) >> 4];
    text += digits[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

std::string digest_hex(std::string_view bytes) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), out, &size, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("SHA-256 failed");
  return to_hex({reinterpret_cast<char*>(out), size});
}

std::string hmac(std::string_view key, std::string_view bytes) {
  unsigned char out[EVP_MAX_MD_SIZE];
  std::size_t size = 0;
  const std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> context(
      EVP_MAC_CTX_dup(hmac_sha256()), &EVP_MAC_CTX_free);
  if (!context || EVP_MAC_init(context.get(), bytes_of(key), key.size(), nullptr) != 1 ||
      EVP_MAC_update(context.get(), bytes_of(bytes), bytes.size()) != 1 ||
      EVP_MAC_final(context.get(), out, &size, sizeof out) != 1)
    throw std::runtime_error("HMAC failed");
  return {reinterpret_cast<char*>(out), size};
}

Hmac::Hmac(std::string_view key) : context_(EVP_MAC_CTX_dup(hmac_sha256())) {
  if (context_ != nullptr && EVP_MAC_init(context_, bytes_of(key), key.size(), nullptr) == 1)
    return;
  EVP_MAC_CTX_free(context_);
  throw std::runtime_error("HMAC failed");
}

Hmac::Hmac(const Hmac& other) : context_(EVP_MAC_CTX_dup(other.context_)) {
  if (context_ == nullptr) throw std::runtime_error("HMAC failed");
}

Hmac::~Hmac() {
  EVP_MAC_CTX_free(context_);
}

std::array<unsigned char, 32> Hmac::operator()(std::string_view bytes) {
  std::array<unsigned char, 32> out;
  std::size_t size = 0;
  // Without a key it starts again under the one it has.
  if (EVP_MAC_init(context_, nullptr, 0, nullptr) != 1 ||
      EVP_MAC_update(context_, bytes_of(bytes), bytes.size()) != 1 ||
      EVP_MAC_final(context_, out.data(), &size, out.size()) != 1)
    throw std::runtime_error("HMAC failed");
  return out;
}

std::string to_base64(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes_of(bytes),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string from_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return {};
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), bytes_of(text),
                                   static_cast<int>(text.size()));
  if (size < 0) return {};
  // EVP_DecodeBlock counts the padding as zero bytes.
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  // It also passes over stray bits, spaces and padding; one value has one text here.
  if (to_base64(bytes) != text) return {};
  return bytes;
}

std::string random_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) != 1)
    throw std::runtime_error("no randomness");
  return bytes;
}

}  // namespace facet::storage
