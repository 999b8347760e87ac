// SPDX-License-Identifier: MPL-2.0
#include "beds/procedure.h"

#include <cmath>

#include "base/json.h"

namespace facet::beds {
namespace {

using base::Json;
using bedlink::ZoneResult;

struct Field {
  const char* name;
  std::int64_t ZoneResult::*member;
};
constexpr Field fields[] = {{"seconds", &ZoneResult::seconds},
                            {"presses", &ZoneResult::presses},
                            {"peak_force_n", &ZoneResult::peak_force_n},
                            {"mean_force_n", &ZoneResult::mean_force_n},
                            {"tension_before", &ZoneResult::tension_before},
                            {"tension_after", &ZoneResult::tension_after}};

std::string status_of(const bedlink::SessionResult& result) {
  if (result.state == "completed") return "completed";
  return result.duration_s == 0 ? "not-done" : "stopped";
}

}  // namespace

Procedure procedure_of(const bedlink::SessionResult& result) {
  Procedure p;
  p.device_id = result.bed_id;
  p.order_id = result.order_id;
  p.status = status_of(result);
  p.start_ms = result.started_ms;
  p.end_ms = result.ended_ms;
  p.delivered_s = result.duration_s;
  p.paused_s = result.paused_s;
  p.peak_force_n = result.peak_force_n;
  p.mean_force_n = result.mean_force_n;
  p.stop_cause = result.stop_cause;
  p.zones = zones_text(result.zones);
  return p;
}

std::string zones_text(const std::vector<ZoneResult>& zones) {
  Json list = Json::array();
  for (const auto& zone : zones) {
    Json entry{{"zone", zone.zone}};
    for (const auto& field : fields) entry[field.name] = zone.*field.member;
    list.push_back(std::move(entry));
  }
  return list.dump();
}

std::vector<ZoneResult> read_zones(const std::string& text) {
  std::vector<ZoneResult> zones;
  const auto list = base::parse_json(text);
  if (!list || !list->is_array()) return zones;
  for (const auto& entry : *list) {
    ZoneResult zone;
    zone.zone = entry.value("zone", "");
    for (const auto& field : fields) zone.*field.member = entry.value(field.name, std::int64_t{0});
    zones.push_back(std::move(zone));
  }
  return zones;
}

double time_scale(const Procedure& p) {
  const auto passed_ms = p.end_ms - p.start_ms - p.paused_s * 1000;
  if (!p.simulated || passed_ms <= 0) return 1;
  return std::round(static_cast<double>(p.delivered_s) * 10000 / static_cast<double>(passed_ms)) /
         10;
}

}  // namespace facet::beds
