// SPDX-License-Identifier: MPL-2.0
// What beds say, into the record. What is sent to them is in bed_dispatch.cpp.
#include "beds/bed_link.h"

#include <algorithm>

#include "base/interval.h"
#include "beds/bed_store.h"
#include "beds/event_store.h"
#include "beds/lease_terms.h"
#include "beds/session_store.h"

namespace facet::beds {

using base::Result;
using base::Status;
using bedlink::HelloDecision;
using std::chrono::steady_clock;
using storage::Act;

namespace {
constexpr std::chrono::minutes alarm_every{
    1};  // of one kind, so that nobody floods the audit trail
}  // namespace

bool BedLink::is_allowed(const std::string& bed_id, const std::string& spki) {
  const auto allowed = acts_.read(gateway_principal(), [&](Act& act) -> Result<bool> {
    return beds::is_allowed(act.tx, bed_id, spki);
  });
  if (!allowed || !*allowed) return false;
  const std::lock_guard lock(mutex_);
  keys_[bed_id] = spki;
  return true;
}

HelloDecision BedLink::on_hello(const bedlink::Hello& hello) {
  std::string key;
  {
    const std::lock_guard lock(mutex_);
    key = keys_[hello.bed_id];
  }
  HelloDecision decision;
  const auto done = acts_.write(device_principal(hello.bed_id), [&](Act& act) -> Status {
    decision = {HelloDecision::Status::pending, 0, 0};
    if (auto ok = clinic::authorise(act, clinic::Permission::record_session, 'E', "Device",
                                    hello.bed_id, {});
        !ok)
      return ok;
    const auto epoch =
        take_lease(act.tx, hello.bed_id, holder_, act.now_ms, act.now_ms + lease_terms::length_ms);
    if (!epoch) return {};
    decision.epoch = static_cast<std::uint64_t>(*epoch);
    decision.ack_through =
        static_cast<std::uint64_t>(last_event(act.tx, hello.bed_id, hello.journal_id));
    decision.status = is_quarantined(act.tx, hello.bed_id) ? HelloDecision::Status::quarantined
                                                           : HelloDecision::Status::accepted;
    revoke_keys_before(act.tx, hello.bed_id, key, act.now_ms);  // the newer one has proved itself
    return {};
  });
  if (!done) return {HelloDecision::Status::pending, 0, 0};
  if (decision.status != HelloDecision::Status::pending) {
    const std::lock_guard lock(mutex_);
    auto& bed = beds_[hello.bed_id];
    bed = {};
    bed.epoch = static_cast<std::int64_t>(decision.epoch);
    bed.limits = hello.limits;
    bed.simulated =
        std::find(hello.caps.begin(), hello.caps.end(), "simulated") != hello.caps.end();
  }
  live_.refresh(hello.bed_id);
  return decision;
}

void BedLink::on_online(const std::string& bed_id) {
  {
    const std::lock_guard lock(mutex_);
    beds_[bed_id].online = true;
    forget_retries("send/");  // whatever was on its way may be lost
    forget_retries("cancel/");
  }
  look_soon(bed_id);
}

void BedLink::on_disconnected(const std::string& bed_id) {
  std::int64_t epoch = 0;
  {
    const std::lock_guard lock(mutex_);
    const auto at = beds_.find(bed_id);
    if (at == beds_.end()) return;
    epoch = at->second.epoch;
    beds_.erase(at);
  }
  (void)acts_.write(gateway_principal(), [&](Act& act) -> Status {
    release_lease(act.tx, bed_id, holder_, epoch);
    return {};
  });
  live_.refresh(bed_id);
}

std::optional<std::uint64_t> BedLink::on_events(const std::string& bed_id,
                                                const std::string& journal_id,
                                                const std::vector<bedlink::Event>& events) {
  bool simulated = false;
  {
    const std::lock_guard lock(mutex_);
    const auto at = beds_.find(bed_id);
    simulated = at != beds_.end() && at->second.simulated;
  }
  const auto taken = journal_.take(bed_id, journal_id, events, simulated);
  if (!taken) {
    if (taken.error().code == base::ErrorCode::invalid) on_security_event(bed_id, "signature");
    return {};
  }
  if (taken->contradicted) {
    on_security_event(bed_id, "contradiction");
    disconnect(bed_id);  // its next Hello is quarantined
  }
  live_.refresh(bed_id);
  look_soon(bed_id);
  return taken->ack_through;
}

void BedLink::settle(const std::string& bed_id, const std::string& order_id,
                     const std::string& state, const std::string& reason) {
  (void)acts_.write(device_principal(bed_id), [&](Act& act) -> Status {
    const auto session = find_session(act.tx, order_id);
    if (!session || session->device_id != bed_id || !is_live(session->state)) return {};
    if (state == "accepted" && session->state != "ordered") return {};
    act.touch('U', "ServiceRequest", session->service_request_id, {session->patient_id});
    set_session_state(act.tx, order_id, state, reason, session->elapsed_s, act.now_ms);
    return {};
  });
  live_.refresh(bed_id);
  look_soon(bed_id);
}

void BedLink::on_order_reply(const std::string& bed_id, const bedlink::OrderReply& reply) {
  using bedlink::LinkCode;
  if (reply.accepted) return settle(bed_id, reply.order_id, "accepted", "");
  const auto code = reply.code.value_or(LinkCode::internal);
  if (bedlink::worth_a_retry(code)) return;
  const auto text = std::string(bedlink::code_text(code));
  if (code == LinkCode::expired) return settle(bed_id, reply.order_id, "missed", text);
  if (code == LinkCode::cancelled) return settle(bed_id, reply.order_id, "cancelled", text);
  if (code == LinkCode::consumed) return;  // its journal tells what became of it
  settle(bed_id, reply.order_id, "refused", text);
}

void BedLink::on_command_reply(const std::string& bed_id, const bedlink::CommandReply& reply) {
  if (reply.action != "Cancel" || (reply.state != "cancelled" && reply.state != "missed")) return;
  std::string reason = "clinic";
  {
    const std::lock_guard lock(mutex_);
    if (unwanted_.erase(reply.order_id) > 0) reason = "gate";
  }
  settle(bed_id, reply.order_id, reply.state, reason);
}

bool BedLink::on_ready(const std::string& bed_id, const std::string& order_id) {
  if (desk_.may_start(bed_id, order_id)) return true;
  {
    const std::lock_guard lock(mutex_);
    unwanted_.insert(order_id);
  }
  look_soon(bed_id);
  return false;
}

void BedLink::on_lease_echo(const std::string& bed_id, const bedlink::LeaseEcho& echo) {
  live_.hub().progress(bed_id, echo.order_id, echo.elapsed_s, echo.duration_s);
}

void BedLink::on_security_event(const std::string& bed_id, const std::string& type) {
  {
    const std::lock_guard lock(mutex_);
    const auto now = steady_clock::now();
    auto& last = alarms_[bed_id + "/" + type];
    if (last != Moment{} && now - last < alarm_every) return;
    last = now;
  }
  (void)acts_.write(device_principal(bed_id.empty() ? "unknown" : bed_id), [&](Act& act) -> Status {
    act.touch('E', "Device", bed_id, {});
    return base::fail(base::ErrorCode::denied, "Device", "bed link: " + type);
  });
}

}  // namespace facet::beds
