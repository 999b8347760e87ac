// SPDX-License-Identifier: MPL-2.0
#include "storage/audit_row.h"

#include <openssl/evp.h>

#include <charconv>

namespace facet::storage {

void AuditSeal::add(std::string_view field) {
  char length[24];
  char* end = std::to_chars(length, length + sizeof length - 1, field.size()).ptr;
  *end++ = ':';
  bytes_.append(length, end);
  bytes_.append(field);
}

std::string_view AuditSeal::mac(std::string_view previous, const AuditRow& row) {
  bytes_.clear();
  add(previous);
  for (std::size_t i = 0; i < a_mac; ++i) add(row[i]);
  const auto raw = hmac_(bytes_);
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text_.data()), raw.data(),
                                   static_cast<int>(raw.size()));
  return {text_.data(), static_cast<std::size_t>(size)};
}

}  // namespace facet::storage
