// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "bedlink/messages.h"
#include "beds/session.h"
#include "orders/gate.h"
#include "orders/order_service.h"
#include "scheduling/booking_service.h"

namespace facet::beds {

/// A lease of a bed that a gateway holds.
struct Lease {
  std::string device_id;
  std::string holder;
  std::int64_t epoch = 0;
};

/// Makes signed orders of booked appointments, and asks the gate before. Threads: safe.
class OrderDesk {
 public:
  OrderDesk(storage::Acts& acts, const orders::Gate& gate,
            const storage::Records<orders::ServiceRequest>& requests,
            const scheduling::BookingService& bookings, bedlink::Key order_key)
      : acts_(acts),
        gate_(gate),
        requests_(requests),
        bookings_(bookings),
        order_key_(std::move(order_key)) {}

  /// Orders and session are stored in the transaction in which the gate was asked and the lease
  /// was seen to hold. Nothing: not to be ordered now (gate closed, moved meanwhile). Errors:
  /// conflict, the lease is lost; invalid; unavailable.
  base::Result<std::optional<Session>> sign(const Lease& lease, const bedlink::Limits& limits,
                                            const std::string& appointment_id) const;

  /// The last question before a bed may move: is this still this bed's order, its appointment
  /// booked and the gate open? False also if the answer cannot be had.
  bool may_start(const std::string& device_id, const std::string& order_id) const;

 private:
  base::Result<std::optional<Session>> make(storage::Act& act, const Lease& lease,
                                            const bedlink::Limits& limits,
                                            const scheduling::Appointment& appointment) const;

  storage::Acts& acts_;
  const orders::Gate& gate_;
  const storage::Records<orders::ServiceRequest>& requests_;
  const scheduling::BookingService& bookings_;
  const bedlink::Key order_key_;
};

}  // namespace facet::beds
