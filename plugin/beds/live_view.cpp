// SPDX-License-Identifier: MPL-2.0
#include "beds/live_view.h"

#include <charconv>

#include "base/interval.h"
#include "base/json.h"
#include "beds/bed_store.h"
#include "beds/journal_service.h"
#include "beds/match_code.h"
#include "beds/session_store.h"
#include "rest/outcome.h"

namespace facet::beds {

using base::Result;
using clinic::Permission;
using std::chrono::seconds;
using std::chrono::steady_clock;
using storage::Act;

namespace {

constexpr seconds longest{24};  // below the 25 s after which no request lives
constexpr seconds look_again{1};
constexpr std::int64_t shown_for_ms = 12 * base::hour_ms;

BedView read_view(Act& act, const std::string& device_id) {
  BedView view;
  view.device_id = device_id;
  view.online = is_leased(act.tx, device_id, act.now_ms);
  const auto sessions = recent_sessions(act.tx, device_id, act.now_ms - shown_for_ms);
  const auto* session = shown_session(sessions, act.now_ms);
  if (session == nullptr) return view;
  view.state = session->state;
  view.order_id = session->order_id;
  view.appointment_id = session->appointment_id;
  view.patient_id = session->patient_id;
  if (is_live(session->state)) view.match_code = open_match_code(act, *session);
  view.elapsed_s = session->elapsed_s;
  if (const auto order = order_in(session->jws)) view.duration_s = order->duration_s;
  return view;
}

std::int64_t last_seen(const rest::Request& request) {
  const auto header = request.header("last-event-id");
  std::int64_t number = 0;
  if (header) std::from_chars(header->data(), header->data() + header->size(), number);
  return number;
}

}  // namespace

std::string event_text(const LiveHub::Item& item) {
  const auto& v = item.view;
  const base::Json data{{"device_id", v.device_id},
                        {"online", v.online},
                        {"state", v.state},
                        {"order_id", v.order_id},
                        {"appointment_id", v.appointment_id},
                        {"patient_id", v.patient_id},
                        {"match_code", v.match_code},
                        {"elapsed_s", v.elapsed_s},
                        {"duration_s", v.duration_s}};
  return "id: " + std::to_string(item.number) + "\nevent: bed\ndata: " + data.dump() + "\n\n";
}

void LiveView::mount(rest::Router& router) {
  router.add("GET", "/live/beds/{id}",
             [this](const rest::Request& request, const rest::PathValues& values,
                    rest::Response& response) { serve(request, values[0], response); });
}

/// One at a time, so that an older view never follows a newer one.
void LiveView::refresh(const std::string& device_id) {
  const std::lock_guard lock(refreshing_);
  auto view = acts_.read(gateway_principal(),
                         [&](Act& act) -> Result<BedView> { return read_view(act, device_id); });
  if (view) hub_.publish(std::move(*view));
}

base::Status LiveView::open(const rest::Request& request, const std::string& device_id) {
  return acts_.read(request.principal, [&](Act& act) -> base::Status {
    const auto view = read_view(act, device_id);
    std::vector<std::string> patients;
    if (!view.patient_id.empty()) patients.push_back(view.patient_id);
    if (auto ok =
            clinic::authorise(act, Permission::watch_beds, 'R', "Device", device_id, patients);
        !ok)
      return ok;
    if (!places_.devices.records().current(act, device_id))
      return base::fail(base::ErrorCode::not_found, "Device", "There is no bed with this id.");
    return {};
  });
}

void LiveView::serve(const rest::Request& request, const std::string& device_id,
                     rest::Response& response) {
  if (auto ok = open(request, device_id); !ok) return rest::send_error(response, ok.error());
  refresh(device_id);
  response.begin(200);
  response.header("content-type", "text/event-stream; charset=utf-8");
  response.header("cache-control", "no-store");
  const auto until = steady_clock::now() + longest;
  auto seen = last_seen(request);
  for (bool reads = response.write("retry: 500\n\n"); reads && !hub_.closed();) {
    for (const auto& item : hub_.after(device_id, seen)) {
      reads = reads && response.write(event_text(item));
      seen = item.number;
    }
    reads = reads && response.flush();
    const auto now = steady_clock::now();
    if (!reads || now >= until) return;
    if (hub_.wait(device_id, seen, std::min(until, now + look_again))) continue;
    refresh(device_id);
    reads = response.write(":\n\n");  // tells whether somebody still reads
  }
}

}  // namespace facet::beds
