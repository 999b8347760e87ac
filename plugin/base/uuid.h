// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace facet::base {

/// A new UUIDv7 (RFC 9562) in lower-case text: sorts by `now_ms`, the rest is from getrandom(2).
/// Throws std::system_error if the kernel gives no randomness. Threads: safe.
std::string uuid_v7(std::int64_t now_ms);

/// True for 36 characters of lower-case UUID text of any version.
bool is_uuid(std::string_view text);

/// True for a FHIR id: 1 to 64 of A-Z a-z 0-9 - . (FHIR R4, datatype id).
bool is_fhir_id(std::string_view text);

}  // namespace facet::base
