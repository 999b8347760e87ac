// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace facet::bedlink {

/// Why a peer refuses a message. Only busy, rate, storage_full and internal are worth a retry.
enum class LinkCode {
  format,
  unknown_action,
  unsupported_version,
  not_accepted,
  signature,
  wrong_bed,
  replay,
  expired,
  too_early,
  clock_untrusted,
  limit,
  busy,
  state,
  consumed,
  cancelled,
  estop,
  fault,
  quarantined,
  stale_epoch,
  rate,
  storage_full,
  internal
};

/// On the wire: "FORMAT", "WRONG_BED", ...
std::string_view code_text(LinkCode code);
std::optional<LinkCode> parse_code(std::string_view text);
bool worth_a_retry(LinkCode code);

struct Refusal {
  LinkCode code = LinkCode::format;
  std::string text;  // for the engineer who reads the log; never patient data
};

template <class T>
using Checked = tl::expected<T, Refusal>;

inline tl::unexpected<Refusal> refuse(LinkCode code, std::string text) {
  return tl::unexpected<Refusal>(Refusal{code, std::move(text)});
}

}  // namespace facet::bedlink
