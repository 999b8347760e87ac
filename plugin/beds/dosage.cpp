// SPDX-License-Identifier: MPL-2.0
#include "beds/dosage.h"

#include <algorithm>
#include <array>

namespace facet::beds {
namespace {

// Facet's own default, for ordinals 1 to 5: evenly spaced. To be replaced by the figures of a
// bed's manufacturer, bed by bed.
constexpr std::array<std::int64_t, 5> force_n{40, 60, 80, 100, 120};
constexpr std::array<std::int64_t, 5> ramp_n_s{10, 20, 30, 40, 50};

std::int64_t of(const std::array<std::int64_t, 5>& table, std::int64_t ordinal) {
  return table[static_cast<std::size_t>(std::clamp<std::int64_t>(ordinal, 1, 5) - 1)];
}

}  // namespace

Dosage dosage(std::int64_t strength, std::int64_t speed, const bedlink::Limits& limits) {
  return {std::min(of(force_n, strength), limits.max_force_n),
          std::min(of(ramp_n_s, speed), limits.max_ramp_n_s)};
}

base::Result<bedlink::Order> draft_order(const orders::ServiceRequest& request,
                                         const scheduling::Appointment& appointment,
                                         const bedlink::Limits& limits, std::int64_t now_ms) {
  if (appointment.end_ms <= now_ms)
    return base::invalid("Appointment.end", "The time of this appointment has passed.");
  auto zones = orders::zones_of(request.zones, "ServiceRequest.extension");
  if (!zones) return base::pass(zones);
  const auto dose = dosage(request.strength, request.speed, limits);
  bedlink::Order order;
  order.bed_id = appointment.device_id;
  order.program_id = "facet.zones";
  order.program_version = "1";
  order.regions = std::move(*zones);
  order.duration_s = std::min(request.minutes * 60, limits.max_session_s);
  order.max_force_n = dose.max_force_n;
  order.ramp_n_s = dose.ramp_n_s;
  order.attested_by = request.requester_id;
  order.not_before_ms = appointment.start_ms - check_in_lead_ms;
  order.not_after_ms = appointment.end_ms;
  order.ttl_s =
      std::min((appointment.end_ms - now_ms) / 1000 + 1, bedlink::max_order_window_ms / 1000);
  return order;
}

}  // namespace facet::beds
