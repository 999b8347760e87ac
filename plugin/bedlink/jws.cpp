// SPDX-License-Identifier: MPL-2.0
#include "bedlink/jws.h"

#include <openssl/err.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>
#include <vector>

#include "bedlink/openssl_ptr.h"

namespace facet::bedlink {
namespace {

constexpr int half = 32;  // bytes of r and of s on P-256

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string header_of(std::string_view typ) {
  return base64url(R"({"alg":"ES256","typ":")" + std::string(typ) + "\"}");
}

std::optional<std::string> raw_signature(const std::vector<unsigned char>& der) {
  const unsigned char* at = der.data();
  const EcdsaSigPtr pair(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  std::string raw(2 * half, '\0');
  auto* out = reinterpret_cast<unsigned char*>(raw.data());
  if (!pair || BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), out, half) != half ||
      BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), out + half, half) != half)
    return {};
  return raw;
}

std::vector<unsigned char> der_signature(std::string_view raw) {
  const EcdsaSigPtr pair(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(bytes_of(raw), half, nullptr);
  BIGNUM* s = BN_bin2bn(bytes_of(raw) + half, half, nullptr);
  if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return {};
  }
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &der);
  std::vector<unsigned char> made(der, der + (size > 0 ? size : 0));
  OPENSSL_free(der);
  return made;
}

}  // namespace

std::string base64url(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes_of(bytes),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  while (!text.empty() && text.back() == '=') text.pop_back();
  for (char& c : text) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string padded(text);
  for (char& c : padded) {
    if (c == '+' || c == '/' || c == '=') return {};
    if (c == '-') c = '+';
    if (c == '_') c = '/';
  }
  const std::size_t padding = (4 - padded.size() % 4) % 4;
  if (padding == 3) return {};
  padded.append(padding, '=');
  std::string bytes(padded.size() / 4 * 3, '\0');
  if (!padded.empty() && EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                         bytes_of(padded), static_cast<int>(padded.size())) < 0)
    return {};
  bytes.resize(bytes.size() - padding);
  if (base64url(bytes) != text) return {};
  return bytes;
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, 32> digest{};
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("SHA-256 is not available");
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const auto byte : digest) text += {digits[byte >> 4], digits[byte & 15]};
  return text;
}

std::string random_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) != 1)
    throw std::runtime_error("no randomness");
  return bytes;
}

base::Result<std::string> sign_jws(const Key& key, std::string_view typ, std::string_view payload) {
  std::string text = header_of(typ) + "." + base64url(payload);
  const MdCtxPtr context(EVP_MD_CTX_new());
  std::vector<unsigned char> der(80);
  std::size_t size = der.size();
  if (!context ||
      EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), der.data(), &size, bytes_of(text), text.size()) != 1) {
    ERR_clear_error();
    return base::fail(base::ErrorCode::internal, "", "OpenSSL could not sign.");
  }
  der.resize(size);
  const auto raw = raw_signature(der);
  if (!raw) return base::fail(base::ErrorCode::internal, "", "OpenSSL could not sign.");
  return text + "." + base64url(*raw);
}

std::optional<std::string> verify_jws(const Key& key, std::string_view typ, std::string_view jws) {
  const std::size_t first = jws.find('.');
  const std::size_t last = jws.rfind('.');
  if (first == std::string_view::npos || first == last) return {};
  if (jws.substr(0, first) != header_of(typ)) return {};
  auto payload = from_base64url(jws.substr(first + 1, last - first - 1));
  const auto raw = from_base64url(jws.substr(last + 1));
  if (!payload || !raw || raw->size() != 2 * half) return {};
  const auto der = der_signature(*raw);
  const auto signed_part = jws.substr(0, last);
  const MdCtxPtr context(EVP_MD_CTX_new());
  const bool good =
      context && !der.empty() &&
      EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
      EVP_DigestVerify(context.get(), der.data(), der.size(), bytes_of(signed_part),
                       signed_part.size()) == 1;
  ERR_clear_error();
  if (!good) return {};
  return payload;
}

}  // namespace facet::bedlink
