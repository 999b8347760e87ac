// SPDX-License-Identifier: MPL-2.0
#include "bedlink/messages.h"

#include <algorithm>
#include <array>

#include "base/time_text.h"
#include "bedlink/fields.h"
#include "bedlink/jws.h"
#include "bedlink/order.h"

namespace facet::bedlink {
namespace {

using base::Json;

constexpr std::string_view result_type = "facet-result+jws";
constexpr std::int64_t day_s = 86400;
constexpr std::int64_t any_integer = INT64_MAX;

std::uint64_t counter(Fields& f, const char* name) {
  return static_cast<std::uint64_t>(f.integer(name, 0, any_integer));
}

template <class T>
Checked<T> verdict(Fields& f, T value) {
  if (auto good = f.finish(); !good) return tl::unexpected<Refusal>(good.error());
  return value;
}

/// A reply's "status" and "code".
std::optional<LinkCode> reply_code(Fields& f, bool accepted) {
  const auto text = f.optional_text("code", 32);
  const auto code = parse_code(text);
  f.require(accepted ? text.empty() : code.has_value(), LinkCode::format,
            "code must say why not, and only then");
  return code;
}

bool reply_status(Fields& f) {
  const auto status = f.text("status", 1, 16);
  f.require(status == "accepted" || status == "refused", LinkCode::format,
            "status must be accepted or refused");
  return status == "accepted";
}

void put_verdict(Json& json, bool accepted, const std::optional<LinkCode>& code) {
  json["status"] = accepted ? "accepted" : "refused";
  if (!accepted) json["code"] = code_text(code.value_or(LinkCode::internal));
}

bool is_short_text(const Json& value, std::size_t max) {
  return value.is_string() && !value.get_ref<const std::string&>().empty() &&
         value.get_ref<const std::string&>().size() <= max;
}

Checked<Frame> frame_of(const Json& json) {
  const auto shape = refuse(LinkCode::format, "this is no frame");
  if (!json.is_array() || json.empty() || !json[0].is_number_integer()) return shape;
  const auto kind = json[0].get<std::int64_t>();
  if (kind == 6) {
    if (json.size() != 3 || !is_short_text(json[1], 32) || !json[2].is_object()) return shape;
    return Send{json[1].get<std::string>(), json[2]};
  }
  if (json.size() < 3 || !is_short_text(json[1], 36)) return shape;
  auto id = json[1].get<std::string>();
  if (kind == 2 && json.size() == 4 && is_short_text(json[2], 32) && json[3].is_object())
    return Call{std::move(id), json[2].get<std::string>(), json[3]};
  if (kind == 3 && json.size() == 3 && json[2].is_object())
    return CallReply{std::move(id), json[2]};
  if (kind == 4 && json.size() == 5 && is_short_text(json[2], 32) && json[3].is_string() &&
      json[4].is_object())
    return CallRefused{std::move(id),
                       parse_code(json[2].get<std::string>()).value_or(LinkCode::internal),
                       json[3].get<std::string>().substr(0, 255)};
  return shape;
}

ZoneResult parse_zone(const Json& json, Fields& outer) {
  Fields f(json);
  ZoneResult z;
  z.zone = f.text("zone", 1, 16);
  z.seconds = f.integer("seconds", 0, day_s);
  z.presses = f.integer("presses", 0, 1000000);
  z.peak_force_n = f.integer("peak_force_n", 0, 100000);
  z.mean_force_n = f.integer("mean_force_n", 0, 100000);
  z.tension_before = f.integer("tension_before", 0, 100);
  z.tension_after = f.integer("tension_after", 0, 100);
  f.require(is_zone(z.zone), LinkCode::format, "zone is not one of the six");
  outer.require(f.finish().has_value(), LinkCode::format, "a zone's result is malformed");
  return z;
}

Json zone_json(const ZoneResult& z) {
  Json json;
  json["zone"] = z.zone;
  json["seconds"] = z.seconds;
  json["presses"] = z.presses;
  json["peak_force_n"] = z.peak_force_n;
  json["mean_force_n"] = z.mean_force_n;
  json["tension_before"] = z.tension_before;
  json["tension_after"] = z.tension_after;
  return json;
}

}  // namespace

Checked<Frame> parse_frame(std::string_view text) {
  const auto json = base::parse_json(text, {max_frame_bytes, max_frame_depth});
  if (!json) return refuse(LinkCode::format, json.error().message);
  return frame_of(*json);
}

std::string frame_text(const Frame& frame) {
  struct Writer {
    Json operator()(const Call& f) { return Json::array({2, f.id, f.action, f.payload}); }
    Json operator()(const CallReply& f) { return Json::array({3, f.id, f.payload}); }
    Json operator()(const CallRefused& f) {
      return Json::array({4, f.id, code_text(f.code), f.text, Json::object()});
    }
    Json operator()(const Send& f) { return Json::array({6, f.action, f.payload}); }
  };
  return std::visit(Writer{}, frame).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string result_text(const SessionResult& r) {
  Json json;
  json["bed_id"] = r.bed_id;
  json["order_id"] = r.order_id;
  json["order_hash"] = r.order_hash;
  json["session_id"] = r.session_id;
  json["state"] = r.state;
  json["stop_cause"] = r.stop_cause;
  json["started_at"] = base::instant_text(r.started_ms);
  json["ended_at"] = base::instant_text(r.ended_ms);
  json["duration_s"] = r.duration_s;
  json["paused_s"] = r.paused_s;
  json["peak_force_n"] = r.peak_force_n;
  json["mean_force_n"] = r.mean_force_n;
  json["zones"] = Json::array();
  for (const auto& zone : r.zones) json["zones"].push_back(zone_json(zone));
  return json.dump();
}

Checked<SessionResult> parse_result(std::string_view text) {
  const auto json = base::parse_json(text, {16 * 1024, 4});
  if (!json) return refuse(LinkCode::format, json.error().message);
  Fields f(*json);
  SessionResult r;
  r.bed_id = f.id("bed_id");
  r.order_id = f.id("order_id");
  r.order_hash = f.text("order_hash", 64, 64);
  r.session_id = f.id("session_id");
  r.state = f.text("state", 1, 16);
  r.stop_cause = f.text("stop_cause", 1, 32);
  r.started_ms = f.instant("started_at");
  r.ended_ms = f.instant("ended_at");
  r.duration_s = f.integer("duration_s", 0, day_s);
  r.paused_s = f.integer("paused_s", 0, day_s);
  r.peak_force_n = f.integer("peak_force_n", 0, 100000);
  r.mean_force_n = f.integer("mean_force_n", 0, 100000);
  f.require(r.state == "completed" || r.state == "stopped" || r.state == "aborted",
            LinkCode::format, "state must be an end");
  if (const Json* list = f.array("zones", zones.size()))
    for (const auto& zone : *list) r.zones.push_back(parse_zone(zone, f));
  return verdict(f, std::move(r));
}

base::Result<std::string> sign_result(const Key& bed_key, const SessionResult& result) {
  return sign_jws(bed_key, result_type, result_text(result));
}

Checked<SessionResult> verify_result(const Key& bed_public_key, std::string_view jws) {
  const auto payload = verify_jws(bed_public_key, result_type, jws);
  if (!payload) return refuse(LinkCode::signature, "the result's signature does not hold");
  return parse_result(*payload);
}

Json to_json(const Hello& m) {
  Json json;
  json["proto"] = m.proto;
  json["bed_id"] = m.bed_id;
  json["boot_id"] = m.boot_id;
  json["journal_id"] = m.journal_id;
  json["fw"] = m.fw;
  json["caps"] = m.caps;
  json["limits"] = {{"max_force_n", m.limits.max_force_n},
                    {"max_ramp_n_s", m.limits.max_ramp_n_s},
                    {"max_session_s", m.limits.max_session_s}};
  json["clock_utc"] = base::instant_text(m.clock_utc_ms);
  json["outbox"] = {{"first_seq", m.outbox_first_seq}, {"last_seq", m.outbox_last_seq}};
  json["orders"] = Json::array();
  for (const auto& held : m.orders)
    json["orders"].push_back(
        {{"order_id", held.order_id}, {"state", held.state}, {"hash", held.hash}});
  json["running"] = m.running;
  return json;
}

Checked<Hello> parse_hello(const Json& json) {
  Fields f(json);
  Hello m;
  m.proto = f.text("proto", 1, 32);
  m.bed_id = f.id("bed_id");
  m.boot_id = f.id("boot_id");
  m.journal_id = f.id("journal_id");
  m.fw = f.text("fw", 1, 64);
  m.caps = f.texts("caps", 32, 64);
  if (const Json* limits = f.object("limits")) {
    Fields l(*limits);
    m.limits.max_force_n = l.integer("max_force_n", 1, protocol_max_force_n);
    m.limits.max_ramp_n_s = l.integer("max_ramp_n_s", 1, protocol_max_ramp_n_s);
    m.limits.max_session_s = l.integer("max_session_s", 1, protocol_max_session_s);
    f.require(l.finish().has_value(), LinkCode::format, "limits are malformed");
  }
  m.clock_utc_ms = f.instant("clock_utc");
  if (const Json* outbox = f.object("outbox")) {
    Fields o(*outbox);
    m.outbox_first_seq = counter(o, "first_seq");
    m.outbox_last_seq = counter(o, "last_seq");
    f.require(o.finish().has_value() && m.outbox_first_seq <= m.outbox_last_seq, LinkCode::format,
              "outbox is malformed");
  }
  if (const Json* orders = f.array("orders", 128)) {
    for (const auto& order : *orders) {
      Fields o(order);
      m.orders.push_back({o.id("order_id"), o.text("state", 1, 16), o.text("hash", 64, 64)});
      f.require(o.finish().has_value(), LinkCode::format, "a held order is malformed");
    }
  }
  m.running = f.optional_id("running");
  f.require(!f.good() || m.proto == protocol_name, LinkCode::unsupported_version,
            "proto must be bedlink.v1");
  return verdict(f, std::move(m));
}

Json to_json(const HelloReply& m) {
  Json json;
  json["status"] = m.status;
  json["epoch"] = m.epoch;
  json["now_utc"] = base::instant_text(m.now_utc_ms);
  json["ack_through"] = m.ack_through;
  json["keepalive_s"] = m.keepalive_s;
  json["lease_ms"] = m.lease_ms;
  return json;
}

Checked<HelloReply> parse_hello_reply(const Json& json) {
  Fields f(json);
  HelloReply m;
  m.status = f.text("status", 1, 16);
  m.epoch = counter(f, "epoch");
  m.now_utc_ms = f.instant("now_utc");
  m.ack_through = counter(f, "ack_through");
  m.keepalive_s = f.integer("keepalive_s", 5, 60);
  m.lease_ms = f.integer("lease_ms", 2000, 10000);
  f.require(m.status == "accepted" || m.status == "pending" || m.status == "quarantined" ||
                m.status == "rejected",
            LinkCode::format, "status is unknown");
  return verdict(f, std::move(m));
}

Json to_json(const OrderReply& m) {
  Json json;
  json["order_id"] = m.order_id;
  put_verdict(json, m.accepted, m.code);
  if (!m.text.empty()) json["text"] = m.text;
  json["clamped"] = m.clamped;
  json["duration_s"] = m.duration_s;
  json["max_force_n"] = m.max_force_n;
  json["ramp_n_s"] = m.ramp_n_s;
  return json;
}

Checked<OrderReply> parse_order_reply(const Json& json) {
  Fields f(json);
  OrderReply m;
  m.order_id = f.optional_id("order_id");
  m.accepted = reply_status(f);
  m.code = reply_code(f, m.accepted);
  m.text = f.optional_text("text", 255);
  m.clamped = f.flag("clamped");
  m.duration_s = f.integer("duration_s", 0, protocol_max_session_s);
  m.max_force_n = f.integer("max_force_n", 0, protocol_max_force_n);
  m.ramp_n_s = f.integer("ramp_n_s", 0, protocol_max_ramp_n_s);
  return verdict(f, std::move(m));
}

Json to_json(const Command& m) {
  Json json;
  json["order_id"] = m.order_id;
  json["cmd_id"] = m.cmd_id;
  if (m.action == "Reduce") json["max_force_n"] = m.max_force_n;
  return json;
}

Checked<Command> parse_command(std::string_view action, const Json& json) {
  constexpr std::array<std::string_view, 4> actions{"Cancel", "Hold", "Reduce", "Query"};
  if (std::find(actions.begin(), actions.end(), action) == actions.end())
    return refuse(LinkCode::unknown_action, "the action is unknown");
  Fields f(json);
  Command m;
  m.action = action;
  m.order_id = f.id("order_id");
  m.cmd_id = f.id("cmd_id");
  if (action == "Reduce") m.max_force_n = f.integer("max_force_n", 1, protocol_max_force_n);
  return verdict(f, std::move(m));
}

Json to_json(const CommandReply& m) {
  Json json;
  json["action"] = m.action;
  json["order_id"] = m.order_id;
  put_verdict(json, m.accepted, m.code);
  json["state"] = m.state;
  return json;
}

Checked<CommandReply> parse_command_reply(const Json& json) {
  Fields f(json);
  CommandReply m;
  m.action = f.text("action", 1, 16);
  m.order_id = f.id("order_id");
  m.accepted = reply_status(f);
  m.code = reply_code(f, m.accepted);
  m.state = f.text("state", 1, 16);
  return verdict(f, std::move(m));
}

Json to_json(const Lease& m) {
  Json json;
  json["order_id"] = m.order_id;
  json["epoch"] = m.epoch;
  json["n"] = m.n;
  return json;
}

Checked<Lease> parse_lease(const Json& json) {
  Fields f(json);
  Lease m;
  m.order_id = f.id("order_id");
  m.epoch = counter(f, "epoch");
  m.n = counter(f, "n");
  return verdict(f, std::move(m));
}

Json to_json(const LeaseEcho& m) {
  Json json;
  json["order_id"] = m.order_id;
  json["n"] = m.n;
  json["state"] = m.state;
  json["elapsed_s"] = m.elapsed_s;
  json["duration_s"] = m.duration_s;
  json["zone"] = m.zone;
  json["force_n"] = m.force_n;
  return json;
}

Checked<LeaseEcho> parse_lease_echo(const Json& json) {
  Fields f(json);
  LeaseEcho m;
  m.order_id = f.id("order_id");
  m.n = counter(f, "n");
  m.state = f.text("state", 1, 16);
  m.elapsed_s = f.integer("elapsed_s", 0, day_s);
  m.duration_s = f.optional_integer("duration_s", 0, day_s, 0);
  m.zone = f.optional_text("zone", 16);
  m.force_n = f.optional_integer("force_n", 0, 100000, 0);
  return verdict(f, std::move(m));
}

Json to_json(const BedStatus& m) {
  Json json;
  json["state"] = m.state;
  json["order_id"] = m.order_id;
  json["faults"] = m.faults;
  return json;
}

Checked<BedStatus> parse_status(const Json& json) {
  Fields f(json);
  BedStatus m;
  m.state = f.text("state", 1, 16);
  m.order_id = f.optional_id("order_id");
  m.faults = f.texts("faults", 16, 64);
  return verdict(f, std::move(m));
}

Json to_json(const Event& m) {
  Json json;
  json["seq"] = m.seq;
  json["boot_id"] = m.boot_id;
  json["order_id"] = m.order_id;
  json["session_id"] = m.session_id;
  json["type"] = m.type;
  json["at_utc"] = base::instant_text(m.at_utc_ms);
  json["mono_ms"] = m.mono_ms;
  json["cause"] = m.cause;
  json["offline"] = m.offline;
  json["data"] = m.data;
  return json;
}

Checked<Event> parse_event(const Json& json) {
  Fields f(json);
  Event m;
  m.seq = static_cast<std::uint64_t>(f.integer("seq", 1, any_integer));
  m.boot_id = f.id("boot_id");
  m.order_id = f.optional_id("order_id");
  m.session_id = f.optional_id("session_id");
  m.type = f.text("type", 1, 32);
  m.at_utc_ms = f.instant("at_utc");
  m.mono_ms = f.integer("mono_ms", 0, any_integer);
  m.cause = f.optional_text("cause", 64);
  m.offline = f.flag("offline");
  if (const Json* data = f.object("data")) m.data = *data;
  if (m.type == "ended") {
    Fields d(m.data);
    d.text("jws", 1, 32 * 1024);
    f.require(d.finish().has_value() && !m.order_id.empty(), LinkCode::format,
              "an end must carry its signed result");
  }
  if (f.good()) m.raw = json.dump();
  return verdict(f, std::move(m));
}

Json to_json(const Events& m) {
  Json json;
  json["journal_id"] = m.journal_id;
  json["events"] = Json::array();
  for (const auto& event : m.events) json["events"].push_back(to_json(event));
  return json;
}

Checked<Events> parse_events(const Json& json) {
  Fields f(json);
  Events m;
  m.journal_id = f.id("journal_id");
  const Json* list = f.array("events", max_events);
  f.require(list == nullptr || !list->empty(), LinkCode::format, "events must not be empty");
  if (list && f.good()) {
    for (const auto& item : *list) {
      auto event = parse_event(item);
      if (!event) return tl::unexpected<Refusal>(event.error());
      f.require(m.events.empty() || event->seq == m.events.back().seq + 1, LinkCode::format,
                "seq must have no gaps");
      m.events.push_back(std::move(*event));
    }
  }
  return verdict(f, std::move(m));
}

}  // namespace facet::bedlink
