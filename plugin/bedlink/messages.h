// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.h"
#include "bedlink/certificates.h"
#include "bedlink/link_code.h"

namespace facet::bedlink {

inline constexpr std::string_view protocol_name = "bedlink.v1";
constexpr int max_frame_bytes = 65536;
constexpr int max_frame_depth = 8;
constexpr std::size_t max_events = 50;

// Frames: [2,id,action,{}] [3,id,{}] [4,id,code,text,{}] [6,action,{}].
struct Call {
  std::string id;
  std::string action;
  base::Json payload;
};
struct CallReply {
  std::string id;
  base::Json payload;
};
struct CallRefused {
  std::string id;
  LinkCode code = LinkCode::internal;
  std::string text;
};
struct Send {  // never answered
  std::string action;
  base::Json payload;
};
using Frame = std::variant<Call, CallReply, CallRefused, Send>;

/// At most 64 KiB and 8 levels, no duplicate keys.
Checked<Frame> parse_frame(std::string_view text);
std::string frame_text(const Frame& frame);

/// What only the bed can change.
struct Limits {
  std::int64_t max_force_n = 0;
  std::int64_t max_ramp_n_s = 0;
  std::int64_t max_session_s = 0;
};

struct HeldOrder {
  std::string order_id;
  std::string state;
  std::string hash;  // SHA-256 of the signed order's bytes, hex
};

/// bed -> gateway, first frame of a connection.
struct Hello {
  std::string proto{protocol_name};
  std::string bed_id;
  std::string boot_id;     // new at every start of the bed
  std::string journal_id;  // new only when the bed lost its journal
  std::string fw;
  std::vector<std::string> caps;
  Limits limits;
  std::int64_t clock_utc_ms = 0;
  std::uint64_t outbox_first_seq = 0;  // 0 and 0: empty
  std::uint64_t outbox_last_seq = 0;
  std::vector<HeldOrder> orders;
  std::string running;  // order id; empty if none
};

struct HelloReply {
  std::string status;  // accepted, pending, quarantined, rejected
  std::uint64_t epoch = 0;
  std::int64_t now_utc_ms = 0;
  std::uint64_t ack_through = 0;
  std::int64_t keepalive_s = 20;
  std::int64_t lease_ms = 5000;
};

/// bed -> gateway, answer to Order {jws}.
struct OrderReply {
  std::string order_id;
  bool accepted = false;
  std::optional<LinkCode> code;  // why not
  std::string text;
  bool clamped = false;  // the bed lowered what was asked for to:
  std::int64_t duration_s = 0;
  std::int64_t max_force_n = 0;
  std::int64_t ramp_n_s = 0;
};

/// gateway -> bed: Cancel, Hold, Reduce, Query.
struct Command {
  std::string action;
  std::string order_id;
  std::string cmd_id;
  std::int64_t max_force_n = 0;  // Reduce only
};
struct CommandReply {
  std::string action;
  std::string order_id;
  bool accepted = false;
  std::optional<LinkCode> code;
  std::string state;  // of the order at the bed afterwards
};

/// gateway -> bed SEND, as Lease or as Stop.
struct Lease {
  std::string order_id;
  std::uint64_t epoch = 0;
  std::uint64_t n = 0;
};

/// bed -> gateway SEND.
struct LeaseEcho {
  std::string order_id;
  std::uint64_t n = 0;
  std::string state;
  std::int64_t elapsed_s = 0;
  std::int64_t duration_s = 0;
  std::string zone;  // being pressed; empty if none
  std::int64_t force_n = 0;
};

/// bed -> gateway SEND, at every change of state.
struct BedStatus {
  std::string state;  // idle, accepted, ready, running, paused
  std::string order_id;
  std::vector<std::string> faults;
};

struct ZoneResult {
  std::string zone;
  std::int64_t seconds = 0;
  std::int64_t presses = 0;
  std::int64_t peak_force_n = 0;
  std::int64_t mean_force_n = 0;
  std::int64_t tension_before = 0;  // 0 loose to 100 tight
  std::int64_t tension_after = 0;
};

/// What a bed signs at the end of a session: complete without any other event.
struct SessionResult {
  std::string bed_id;
  std::string order_id;
  std::string order_hash;
  std::string session_id;
  std::string state;       // completed, stopped, aborted
  std::string stop_cause;  // done, local_stop, estop, remote_stop, pause_timeout, restart, fault
  std::int64_t started_ms = 0;
  std::int64_t ended_ms = 0;
  std::int64_t duration_s = 0;  // of treatment
  std::int64_t paused_s = 0;
  std::int64_t peak_force_n = 0;
  std::int64_t mean_force_n = 0;
  std::vector<ZoneResult> zones;
};
std::string result_text(const SessionResult& result);
Checked<SessionResult> parse_result(std::string_view text);
base::Result<std::string> sign_result(const Key& bed_key, const SessionResult& result);
Checked<SessionResult> verify_result(const Key& bed_public_key, std::string_view jws);

/// One line of the bed's journal. Types: ready, started, paused, resumed, progress, ended, missed,
/// cancelled, security; others may come and are passed on.
struct Event {
  std::uint64_t seq = 0;
  std::string boot_id;
  std::string order_id;    // empty: not about an order
  std::string session_id;  // empty: before a start
  std::string type;
  std::int64_t at_utc_ms = 0;
  std::int64_t mono_ms = 0;
  std::string cause;
  bool offline = false;
  base::Json data = base::Json::object();  // of `ended`: {"jws": signed result}

  std::string raw;                      // the event as received, for its hash
  std::optional<SessionResult> result;  // of `ended`, once the gateway checked the signature
};

struct Events {
  std::string journal_id;
  std::vector<Event> events;  // seq without gaps
};

base::Json to_json(const Hello&);
base::Json to_json(const HelloReply&);
base::Json to_json(const OrderReply&);
base::Json to_json(const Command&);
base::Json to_json(const CommandReply&);
base::Json to_json(const Lease&);
base::Json to_json(const LeaseEcho&);
base::Json to_json(const BedStatus&);
base::Json to_json(const Event&);
base::Json to_json(const Events&);

Checked<Hello> parse_hello(const base::Json&);
Checked<HelloReply> parse_hello_reply(const base::Json&);
Checked<OrderReply> parse_order_reply(const base::Json&);
Checked<Command> parse_command(std::string_view action, const base::Json&);
Checked<CommandReply> parse_command_reply(const base::Json&);
Checked<Lease> parse_lease(const base::Json&);
Checked<LeaseEcho> parse_lease_echo(const base::Json&);
Checked<BedStatus> parse_status(const base::Json&);
Checked<Event> parse_event(const base::Json&);
Checked<Events> parse_events(const base::Json&);

}  // namespace facet::bedlink
