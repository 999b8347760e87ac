// SPDX-License-Identifier: MPL-2.0
#include "beds/session.h"

#include <algorithm>

#include "base/interval.h"
#include "bedlink/jws.h"

namespace facet::beds {
namespace {
constexpr std::int64_t just_ended_ms = 30 * base::second_ms;

/// Lower comes first.
int rank(const Session& session, std::int64_t now_ms) {
  if (is_active(session.state)) return 0;
  if (!is_live(session.state)) return now_ms - session.changed_ms < just_ended_ms ? 1 : 3;
  return 2;
}
}  // namespace

bool is_active(std::string_view state) {
  return state == "ready" || state == "running" || state == "paused";
}

bool is_live(std::string_view state) {
  return state == "ordered" || state == "accepted" || is_active(state);
}

std::optional<std::string> state_after(std::string_view state, std::string_view event_type) {
  if (!is_live(state)) return {};
  if (event_type == "ready") return "ready";
  if (event_type == "left_ready") return "accepted";
  if (event_type == "started" || event_type == "resumed") return "running";
  if (event_type == "paused") return "paused";
  if (event_type == "missed" || event_type == "cancelled") return std::string(event_type);
  return {};
}

const Session* shown_session(const std::vector<Session>& sessions, std::int64_t now_ms) {
  const auto before = [now_ms](const Session& a, const Session& b) {
    const int first = rank(a, now_ms), second = rank(b, now_ms);
    if (first != second) return first < second;
    return first == 2 ? a.not_before_ms < b.not_before_ms : a.changed_ms > b.changed_ms;
  };
  const auto shown = std::min_element(sessions.begin(), sessions.end(), before);
  return shown == sessions.end() ? nullptr : &*shown;
}

std::optional<bedlink::Order> order_in(std::string_view jws) {
  const auto first = jws.find('.');
  const auto second = jws.find('.', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return {};
  const auto payload = bedlink::from_base64url(jws.substr(first + 1, second - first - 1));
  if (!payload) return {};
  auto order = bedlink::parse_order(*payload);
  if (!order) return {};
  return std::move(*order);
}

}  // namespace facet::beds
