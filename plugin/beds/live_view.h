// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "beds/live_hub.h"
#include "clinic/places_service.h"
#include "rest/router.h"

namespace facet::beds {

/// GET /live/beds/{id}: what a bed does, as server-sent events. The record is the source, so that
/// it shows beds of another process's gateway as well, a second later. Threads: safe.
class LiveView {
 public:
  LiveView(storage::Acts& acts, const clinic::PlacesService& places)
      : hub_(acts.clock().now_ms()), acts_(acts), places_(places) {}

  void mount(rest::Router& router);
  /// The record has changed: shows it to who watches.
  void refresh(const std::string& device_id);
  LiveHub& hub() { return hub_; }

 private:
  void serve(const rest::Request& request, const std::string& device_id, rest::Response& response);
  base::Status open(const rest::Request& request, const std::string& device_id);

  LiveHub hub_;
  std::mutex refreshing_;
  storage::Acts& acts_;
  const clinic::PlacesService& places_;
};

/// `id: N`, `event: bed`, `data: {...}` and an empty line.
std::string event_text(const LiveHub::Item& item);

}  // namespace facet::beds
