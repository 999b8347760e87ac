// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "bedlink/certificates.h"

namespace facet::bedlink {

/// base64url without padding (RFC 7515). Decoding takes the one canonical form only.
std::string base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

/// SHA-256, lower-case hex.
std::string sha256_hex(std::string_view bytes);
/// Bytes from the operating system's generator.
std::string random_bytes(std::size_t size);

/// Compact JWS (RFC 7515), ES256, header {"alg":"ES256","typ":typ}.
base::Result<std::string> sign_jws(const Key& key, std::string_view typ, std::string_view payload);

/// The payload, if the signature holds over the exact bytes and the header is exactly the one that
/// sign_jws writes for `typ`: no algorithm or key is ever chosen by the sender. Else nothing.
std::optional<std::string> verify_jws(const Key& key, std::string_view typ, std::string_view jws);

}  // namespace facet::bedlink
