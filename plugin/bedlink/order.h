// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "bedlink/certificates.h"
#include "bedlink/link_code.h"

namespace facet::bedlink {

inline constexpr std::array<std::string_view, 6> zones{"left_upper",  "left_mid",  "left_lower",
                                                       "right_upper", "right_mid", "right_lower"};
bool is_zone(std::string_view text);

/// Bounds of the protocol; a bed's own limits are narrower and clamp what it accepts.
constexpr std::int64_t protocol_max_force_n = 500;
constexpr std::int64_t protocol_max_ramp_n_s = 500;
constexpr std::int64_t protocol_max_session_s = 7200;
constexpr std::int64_t max_order_window_ms = 12 * 3600 * 1000LL;

/// The four characters shown at the clinic and typed at the bed. A check, not a secret.
struct MatchCode {
  std::string code;  // e.g. "K7Q2"
  std::string salt;  // base64url
  std::string hash;  // lower-case hex
};
MatchCode make_match_code();
bool matches(std::string_view typed, std::string_view salt, std::string_view hash);

/// What a bed may do, once. It names no person: `patient_ref` is random for every order.
struct Order {
  std::string order_id;
  std::string bed_id;
  std::int64_t counter = 0;  // grows with every order to the bed
  std::string patient_ref;
  std::string match_code_salt;
  std::string match_code_hash;
  std::string program_id;
  std::string program_version;
  std::vector<std::string> regions;  // of `zones`, in the order they are treated
  std::int64_t duration_s = 0;
  std::int64_t max_force_n = 0;
  std::int64_t ramp_n_s = 0;
  std::int64_t min_gap_h = 0;
  std::string attested_by;  // opaque id of the clinician who attested the contraindications
  std::int64_t not_before_ms = 0;
  std::int64_t not_after_ms = 0;  // at most 12 hours after not_before
  std::int64_t ttl_s = 0;         // counted by the bed's own monotonic clock from acceptance
  std::string mode = "supervised";
  std::uint64_t epoch = 0;  // of the gateway that signed it
};

std::string order_text(const Order& order);
/// FORMAT or LIMIT; says nothing yet about bed, time or counter.
Checked<Order> parse_order(std::string_view text);

/// Compact JWS under the order key. Errors: invalid, if the bed would refuse the order's form.
base::Result<std::string> sign_order(const Key& order_key, const Order& order);
/// SIGNATURE, FORMAT or LIMIT.
Checked<Order> verify_order(const Key& order_key, std::string_view jws);

}  // namespace facet::bedlink
