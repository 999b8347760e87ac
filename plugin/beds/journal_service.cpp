// SPDX-License-Identifier: MPL-2.0
#include "beds/journal_service.h"

#include "bedlink/jws.h"
#include "beds/bed_store.h"
#include "beds/event_store.h"
#include "beds/session_store.h"

namespace facet::beds {

using base::Result;
using base::Status;
using bedlink::Event;
using bedlink::SessionResult;
using storage::Act;

namespace {

std::int64_t elapsed_in(const Event& event, std::int64_t before) {
  const auto found = event.data.find("elapsed_s");
  return found != event.data.end() && found->is_number_integer() ? found->get<std::int64_t>()
                                                                 : before;
}

/// The result of an end, under a signature of one of this bed's keys.
Result<SessionResult> signed_result(Act& act, const std::string& device_id, const Event& event) {
  const auto jws = event.data.find("jws");
  if (jws != event.data.end() && jws->is_string())
    for (const auto& pem : certificates_of(act.tx, device_id)) {
      const auto certificate = bedlink::Certificate::from_pem(pem);
      if (!certificate) continue;
      auto result = bedlink::verify_result(certificate->public_key(), jws->get<std::string>());
      if (result && result->bed_id == device_id && result->order_id == event.order_id)
        return std::move(*result);
    }
  return base::invalid("Events.data.jws", "The bed's signature does not hold.");
}

}  // namespace

base::Principal device_principal(const std::string& device_id) {
  return {"device:" + device_id, {"device"}, "", ""};
}

base::Principal gateway_principal() {
  return {"system:gateway", {"system"}, "", ""};
}

Result<JournalService::Taken> JournalService::take(const std::string& device_id,
                                                   const std::string& journal_id,
                                                   const std::vector<Event>& events,
                                                   bool simulated) const {
  return acts_.write(device_principal(device_id), [&](Act& act) -> Result<Taken> {
    Taken taken;
    auto through = last_event(act.tx, device_id, journal_id);
    for (const auto& event : events) {
      const auto number = static_cast<std::int64_t>(event.seq);
      if (number <= through) {
        const auto hash = event_hash(act.tx, device_id, journal_id, number);
        if (!hash || *hash == bedlink::sha256_hex(event.raw)) continue;
        note_contradiction(act.tx, device_id, journal_id, event, act.now_ms);
        taken.contradicted = true;
        continue;
      }
      if (number > through + 1)
        note_gap(act.tx, device_id, journal_id, through + 1, number - 1, act.now_ms);
      insert_event(act.tx, device_id, journal_id, event, act.now_ms);
      if (auto ok = apply(act, device_id, event, simulated); !ok) return base::pass(ok);
      through = number;
    }
    taken.ack_through = static_cast<std::uint64_t>(through);
    return taken;
  });
}

Status JournalService::apply(Act& act, const std::string& device_id, const Event& event,
                             bool simulated) const {
  const bool ended = event.type == "ended";
  std::optional<SessionResult> result;
  if (ended) {
    auto checked = signed_result(act, device_id, event);
    if (!checked) return base::pass(checked);
    result = std::move(*checked);
  }
  const auto session = find_session(act.tx, event.order_id);
  if (!session || session->device_id != device_id) return {};  // not of this database
  if (ended) {
    if (result->order_hash != bedlink::sha256_hex(session->jws))
      return base::invalid("Events.data.jws", "The result is of another order.");
    set_session_state(act.tx, event.order_id, result->state, result->stop_cause, result->duration_s,
                      act.now_ms);
    return procedures_.record(act, *session, *result, simulated);
  }
  const auto next = state_after(session->state, event.type);
  if (!next && !(event.type == "progress" && is_active(session->state))) return {};
  set_session_state(act.tx, event.order_id, next.value_or(session->state), event.cause,
                    elapsed_in(event, session->elapsed_s), act.now_ms);
  return {};
}

}  // namespace facet::beds
