// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/uuid.h"
#include "bedlink/gateway.h"

namespace facet::test {

using namespace std::chrono_literals;
using bedlink::Order;

inline const std::string clinic_id = "0199a000-0000-7000-8000-000000000001";
inline const std::string bed_id = "0199a000-0000-7000-8000-0000000000b1";
inline const std::string other_bed_id = "0199a000-0000-7000-8000-0000000000b2";

std::int64_t now_ms();

/// A folder that goes when the test does. Short, for UNIX sockets.
class Folder {
 public:
  Folder();
  ~Folder();
  std::filesystem::path path;
};

/// Asks again and again until true or the deadline.
bool eventually(const std::function<bool()>& holds, std::chrono::milliseconds deadline = 15s);

/// The clinic's keys, made once for the whole program.
const bedlink::ClinicKeys& clinic_keys();

/// A clinic without a database: remembers what the gateway tells it.
class Clinic final : public bedlink::GatewayEvents {
 public:
  bool is_allowed(const std::string& bed, const std::string& spki) override;
  bedlink::HelloDecision on_hello(const bedlink::Hello& hello) override;
  void on_online(const std::string&) override;
  void on_disconnected(const std::string&) override;
  std::optional<std::uint64_t> on_events(const std::string&, const std::string& journal,
                                         const std::vector<bedlink::Event>& events) override;
  void on_order_reply(const std::string&, const bedlink::OrderReply& reply) override;
  void on_command_reply(const std::string&, const bedlink::CommandReply& reply) override;
  bool on_ready(const std::string&, const std::string&) override;
  void on_status(const std::string&, const bedlink::BedStatus& status) override;
  void on_lease_echo(const std::string&, const bedlink::LeaseEcho& echo) override;
  void on_security_event(const std::string& bed, const std::string& type) override;

  void allow(const std::string& spki);
  void forbid(const std::string& spki);
  /// Waits for something that holds under the lock.
  bool wait(const std::function<bool()>& holds, std::chrono::milliseconds deadline = 15s);
  int count(const std::string& event_type);  // under the lock: call within wait() or after
  bool saw_security(const std::string& type);

  std::mutex mutex;
  bool allow_anybody = false;   // who has a certificate of the clinic's
  bool recording = true;        // else events are not committed
  bool die_before_ack = false;  // commits, but the bed is not told
  int online = 0, disconnected = 0, hellos = 0;
  std::uint64_t epoch = 7;
  std::map<std::uint64_t, bedlink::Event> events;  // committed
  int received = 0;                                // also what came again
  std::vector<bedlink::OrderReply> order_replies;
  std::vector<bedlink::CommandReply> command_replies;
  std::vector<bedlink::BedStatus> statuses;
  std::vector<bedlink::LeaseEcho> echoes;
  std::vector<std::string> security;

 private:
  void changed();
  std::set<std::string> allowed_;
  std::condition_variable news_;
};

std::unique_ptr<bedlink::Gateway> start_gateway(Clinic& clinic, std::uint16_t port = 0,
                                                std::uint16_t pairing_port = 0);

/// A good order for `bed_id`; tests then spoil it.
Order good_order(const bedlink::MatchCode& code, std::int64_t duration_s = 60);
std::string signed_order(const Order& order);

/// facet-bed as a process.
class BedProcess {
 public:
  BedProcess(std::filesystem::path state, std::uint16_t gateway, std::uint16_t pairing,
             std::vector<std::string> more = {});
  ~BedProcess();
  /// SIGTERM and wait: the exit status.
  int terminate();
  void kill();
  base::Json control(const std::string& command);
  base::Json status() { return control("status"); }

 private:
  int wait();
  std::filesystem::path socket_;
  int pid_ = -1;
};

/// Pairs the bed and waits until it is online.
bool pair(bedlink::Gateway& gateway, Clinic& clinic, BedProcess& bed);

}  // namespace facet::test
