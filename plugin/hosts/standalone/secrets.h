// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <string_view>

namespace facet::hosts {

/// A version 7 UUID.
std::string make_uuid();
/// 100 random bits in four groups that a person can type.
std::string make_password();
/// 256 random bits, URL-safe.
std::string make_token();
std::string sha256_hex(std::string_view text);
bool equal_in_constant_time(std::string_view left, std::string_view right);

/// An Argon2id hash in its own text form (RFC 9106's second choice: 3 passes over 64 MiB).
std::string hash_password(const std::string& password);
/// At most two run at once, so that a flood of log-ins cannot take the machine's memory.
bool password_matches(const std::string& hash, const std::string& password);

}  // namespace facet::hosts
