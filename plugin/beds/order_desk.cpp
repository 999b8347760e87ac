// SPDX-License-Identifier: MPL-2.0
#include "beds/order_desk.h"

#include "base/uuid.h"
#include "bedlink/jws.h"
#include "beds/bed_store.h"
#include "beds/dosage.h"
#include "beds/journal_service.h"
#include "beds/match_code.h"
#include "beds/session_store.h"

namespace facet::beds {

using base::Result;
using clinic::Permission;
using scheduling::Appointment;
using storage::Act;

Result<std::optional<Session>> OrderDesk::sign(const Lease& lease, const bedlink::Limits& limits,
                                               const std::string& appointment_id) const {
  using Answer = Result<std::optional<Session>>;
  return acts_.write(gateway_principal(), [&](Act& act) -> Answer {
    if (!holds_lease(act.tx, lease.device_id, lease.holder, lease.epoch, act.now_ms))
      return base::fail(base::ErrorCode::conflict, "Device",
                        "Another gateway speaks for this bed.");
    const auto appointment = bookings_.current(act, appointment_id);
    if (!appointment || !appointment->live() || appointment->device_id != lease.device_id)
      return std::optional<Session>{};
    if (auto ok = clinic::authorise(act, Permission::record_session, 'E', "ServiceRequest",
                                    appointment->service_request_id, {appointment->patient_id});
        !ok)
      return base::pass(ok);
    const auto gate = gate_.ask(act, appointment->patient_id, appointment->service_request_id,
                                "signing", appointment->start_ms);
    if (!gate) return tl::unexpected<base::Error>(gate.error());
    if (!gate->open) return std::optional<Session>{};
    return make(act, lease, limits, *appointment);
  });
}

Result<std::optional<Session>> OrderDesk::make(Act& act, const Lease& lease,
                                               const bedlink::Limits& limits,
                                               const Appointment& appointment) const {
  const auto request = requests_.current(act, appointment.service_request_id);
  if (!request || request->status != "active") return std::optional<Session>{};
  auto order = draft_order(*request, appointment, limits, act.now_ms);
  if (!order) return base::pass(order);
  const auto code = bedlink::make_match_code();
  order->order_id = base::uuid_v7(act.now_ms);
  order->counter = next_counter(act.tx, lease.device_id);
  order->patient_ref = bedlink::base64url(bedlink::random_bytes(16));
  order->match_code_salt = code.salt;
  order->match_code_hash = code.hash;
  order->epoch = static_cast<std::uint64_t>(lease.epoch);
  auto jws = bedlink::sign_order(order_key_, *order);
  if (!jws) return base::pass(jws);

  Session session;
  session.order_id = order->order_id;
  session.device_id = lease.device_id;
  session.appointment_id = appointment.id;
  session.appointment_version = appointment.version.number;
  session.service_request_id = appointment.service_request_id;
  session.patient_id = appointment.patient_id;
  session.counter = order->counter;
  session.jws = std::move(*jws);
  session.match_code_sealed = seal_match_code(act, appointment.patient_id, code.code);
  session.not_before_ms = order->not_before_ms;
  session.not_after_ms = order->not_after_ms;
  session.state = "ordered";
  insert_session(act.tx, session, order->patient_ref, act.now_ms);
  return std::optional<Session>(std::move(session));
}

bool OrderDesk::may_start(const std::string& device_id, const std::string& order_id) const {
  const auto answer = acts_.write(device_principal(device_id), [&](Act& act) -> Result<bool> {
    const auto session = find_session(act.tx, order_id);
    if (!session || session->device_id != device_id || !is_live(session->state)) return false;
    act.touch('E', "ServiceRequest", session->service_request_id, {session->patient_id});
    if (!stands_as_signed(act.tx, session->appointment_id, session->appointment_version))
      return false;
    const auto gate =
        gate_.ask(act, session->patient_id, session->service_request_id, "ready", act.now_ms);
    if (!gate) return tl::unexpected<base::Error>(gate.error());
    return gate->open;
  });
  return answer && *answer;
}

}  // namespace facet::beds
