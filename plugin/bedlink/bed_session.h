// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "bedlink/gateway.h"
#include "bedlink/wire.h"

namespace facet::bedlink {

/// One connected bed at the gateway. read_hello(), answer() and run() belong to the bed's own
/// thread; the rest may be called from any.
class BedSession {
 public:
  BedSession(Poco::Net::WebSocket socket, Watchdog& dog, GatewayEvents& events,
             const base::Clock& clock, Certificate peer, std::string bed_id);

  /// The first frame, which must be this bed's Hello. Nothing: refused, and the owner told why.
  std::optional<Hello> read_hello();
  void answer(const HelloDecision& decision);
  void refuse_hello(LinkCode code, const std::string& text);
  /// Until the socket closes.
  void run(const Hello& hello, const HelloDecision& decision);

  void queue_call(std::string action, std::string order_id, base::Json payload);
  void queue_stop(const std::string& order_id);
  void close() { wire_.close(); }
  /// Does the other end still answer? Waits at most `patience`.
  bool answers(std::chrono::milliseconds patience);
  bool takes_orders() const { return takes_orders_; }
  bool online() const { return online_; }

 private:
  struct Outgoing {
    std::string action;
    std::string order_id;
    base::Json payload;
  };
  struct Pending {
    std::string id;
    std::string action;
    std::string order_id;
    Moment deadline;
  };

  bool flush();
  bool handle(const std::string& text);
  bool handle_call(const Call& call);
  bool handle_send(const Send& send);
  bool handle_reply(const CallReply& reply);
  bool handle_refused(const CallRefused& refused);
  bool take_events(const Call& call);
  bool check_results(std::vector<Event>& events);
  void take_status(const BedStatus& status);
  void went_online_if(std::uint64_t ack_through);
  bool keep_time(Moment now);
  bool within_rate(Moment now);
  bool malformed(const char* type);
  bool send(const Frame& frame) { return wire_.send(frame_text(frame)); }

  Wire wire_;
  GatewayEvents& events_;
  const base::Clock& clock_;
  const Certificate peer_;
  const Key peer_key_;
  const std::string spki_;
  const std::string bed_id_;

  std::mutex mutex_;  // guards the queues
  std::deque<Outgoing> calls_;
  std::deque<std::string> stops_;
  bool probe_ = false;
  std::atomic<bool> takes_orders_{false};
  std::atomic<bool> online_{false};

  // The bed's thread only:
  std::string hello_id_;
  std::uint64_t epoch_ = 0;
  std::uint64_t drain_through_ = 0;
  std::optional<Pending> pending_;
  std::uint64_t next_id_ = 1;
  std::string leased_order_;
  std::uint64_t lease_n_ = 0;
  Moment next_lease_ = Moment::max();
  Moment next_check_{};
  Moment next_ping_{};
  double tokens_ = 0;
  Moment tokens_at_{};
};

}  // namespace facet::bedlink
