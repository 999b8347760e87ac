// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/secrets.h"

#include <argon2.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <semaphore>
#include <vector>

#include "hosts/common/host_error.h"

namespace facet::hosts {
namespace {

constexpr uint32_t kPasses = 3;
constexpr uint32_t kMemoryKib = 64 * 1024;
constexpr uint32_t kLanes = 1;
constexpr size_t kSaltBytes = 16;
constexpr size_t kHashBytes = 32;
constexpr char kHex[] = "0123456789abcdef";

std::counting_semaphore<2> free_hashers(2);

template <size_t N>
std::array<unsigned char, N> random_bytes() {
  std::array<unsigned char, N> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(N)) != 1) {
    throw HostError("the system gives no random numbers");
  }
  return bytes;
}

template <typename Bytes>
std::string hex(const Bytes& bytes) {
  std::string text;
  for (const unsigned char byte : bytes) {
    text += kHex[byte >> 4];
    text += kHex[byte & 15];
  }
  return text;
}

}  // namespace

std::string make_uuid() {
  auto bytes = random_bytes<16>();
  const auto now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count();
  for (size_t i = 0; i < 6; ++i) bytes[i] = static_cast<unsigned char>(now_ms >> (8 * (5 - i)));
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x70);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
  std::string text = hex(bytes);
  for (const size_t at : {20, 16, 12, 8}) text.insert(at, 1, '-');
  return text;
}

std::string make_password() {
  constexpr char kLetters[] = "abcdefghijkmnpqrstuvwxyz23456789";  // 32, none mistaken for another
  static_assert(sizeof kLetters == 33);
  std::string text;
  size_t count = 0;
  for (const unsigned char byte : random_bytes<20>()) {
    if (count && count % 5 == 0) text += '-';
    text += kLetters[byte % 32];
    ++count;
  }
  return text;
}

std::string make_token() {
  return hex(random_bytes<32>());
}

std::string sha256_hex(std::string_view text) {
  std::array<unsigned char, 32> digest{};
  unsigned int size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw HostError("OpenSSL could not make a SHA-256 digest");
  }
  return hex(digest);
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string hash_password(const std::string& password) {
  const auto salt = random_bytes<kSaltBytes>();
  std::vector<char> text(
      argon2_encodedlen(kPasses, kMemoryKib, kLanes, kSaltBytes, kHashBytes, Argon2_id));
  const int result =
      argon2id_hash_encoded(kPasses, kMemoryKib, kLanes, password.data(), password.size(),
                            salt.data(), salt.size(), kHashBytes, text.data(), text.size());
  if (result != ARGON2_OK) {
    throw HostError(std::string("Argon2 failed: ") + argon2_error_message(result));
  }
  return text.data();
}

bool password_matches(const std::string& hash, const std::string& password) {
  free_hashers.acquire();
  const int result = argon2id_verify(hash.c_str(), password.data(), password.size());
  free_hashers.release();
  return result == ARGON2_OK;
}

}  // namespace facet::hosts
