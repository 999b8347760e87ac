// SPDX-License-Identifier: MPL-2.0
#include "storage/sealing.h"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

#include "storage/digest.h"

namespace facet::storage {
namespace {

constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

void must(int result) {
  if (result != 1) throw std::runtime_error("AES-GCM failed");
}

void check_key(std::string_view key) {
  if (key.size() != 32) throw std::runtime_error("AES-256 takes a key of 32 bytes");
}

const EVP_CIPHER* cipher() {
  static const EVP_CIPHER* fetched = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  return fetched;
}

}  // namespace

std::string seal(std::string_view key, std::string_view plain, std::string_view place) {
  check_key(key);
  const Context context(EVP_CIPHER_CTX_new());
  const std::string nonce = random_bytes(nonce_bytes);
  std::string sealed = nonce + std::string(plain.size() + tag_bytes, '\0');
  int size = 0;
  must(EVP_EncryptInit_ex2(context.get(), cipher(), bytes_of(key),
                           bytes_of(std::string_view(nonce)), nullptr));
  must(EVP_EncryptUpdate(context.get(), nullptr, &size, bytes_of(place),
                         static_cast<int>(place.size())));
  must(EVP_EncryptUpdate(context.get(), bytes_of(sealed) + nonce_bytes, &size, bytes_of(plain),
                         static_cast<int>(plain.size())));
  unsigned char* end = bytes_of(sealed) + nonce_bytes + plain.size();
  must(EVP_EncryptFinal_ex(context.get(), end, &size));
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tag_bytes, end));
  return to_base64(sealed);
}

std::optional<std::string> unseal(std::string_view key, std::string_view sealed,
                                  std::string_view place) {
  check_key(key);
  std::string bytes = from_base64(sealed);
  if (bytes.size() < nonce_bytes + tag_bytes) return {};
  const std::size_t length = bytes.size() - nonce_bytes - tag_bytes;
  std::string plain(length, '\0');
  const Context context(EVP_CIPHER_CTX_new());
  int size = 0;
  must(EVP_DecryptInit_ex2(context.get(), cipher(), bytes_of(key), bytes_of(bytes), nullptr));
  must(EVP_DecryptUpdate(context.get(), nullptr, &size, bytes_of(place),
                         static_cast<int>(place.size())));
  must(EVP_DecryptUpdate(context.get(), bytes_of(plain), &size, bytes_of(bytes) + nonce_bytes,
                         static_cast<int>(length)));
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tag_bytes,
                           bytes_of(bytes) + nonce_bytes + length));
  unsigned char rest[16];
  if (EVP_DecryptFinal_ex(context.get(), rest, &size) != 1) return {};
  return plain;
}

}  // namespace facet::storage
