// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <condition_variable>
#include <map>
#include <set>
#include <thread>

#include "bedlink/gateway.h"
#include "beds/journal_service.h"
#include "beds/live_view.h"
#include "beds/order_desk.h"

namespace facet::beds {

/// Between the record and the beds on the line. The gateway's threads bring what beds say into the
/// record; one thread of its own (bed_dispatch.cpp) sends cancels and orders, and keeps the leases.
/// Every decision is read from the record, so that what was missed is made up by looking again.
class BedLink final : public bedlink::GatewayEvents {
 public:
  BedLink(storage::Acts& acts, const JournalService& journal, const OrderDesk& desk, LiveView& live,
          std::string holder)
      : acts_(acts), journal_(journal), desk_(desk), live_(live), holder_(std::move(holder)) {}
  ~BedLink() override { stop(); }

  /// Starts the dispatching thread. The gateway must outlive it.
  void start(bedlink::Gateway& gateway);
  void stop();
  /// Asks the allow-list again now for a bed's open socket.
  void disconnect(const std::string& device_id);

  bool is_allowed(const std::string& bed_id, const std::string& spki) override;
  bedlink::HelloDecision on_hello(const bedlink::Hello& hello) override;
  void on_online(const std::string& bed_id) override;
  void on_disconnected(const std::string& bed_id) override;
  std::optional<std::uint64_t> on_events(const std::string& bed_id, const std::string& journal_id,
                                         const std::vector<bedlink::Event>& events) override;
  void on_order_reply(const std::string& bed_id, const bedlink::OrderReply& reply) override;
  void on_command_reply(const std::string& bed_id, const bedlink::CommandReply& reply) override;
  bool on_ready(const std::string& bed_id, const std::string& order_id) override;
  void on_status(const std::string&, const bedlink::BedStatus&) override {}
  void on_lease_echo(const std::string& bed_id, const bedlink::LeaseEcho& echo) override;
  void on_security_event(const std::string& bed_id, const std::string& type) override;

 private:
  using Moment = std::chrono::steady_clock::time_point;
  struct Connected {
    std::int64_t epoch = 0;
    bedlink::Limits limits;
    bool simulated = false;
    bool online = false;
    Moment look_at{};  // when to compare it with the record again
  };
  struct Retry {
    Moment next{};
    int tries = 0;
  };

  // bed_dispatch.cpp, the dispatching thread:
  void run();
  bool take_news();
  void keep_leases();
  void look_at(const std::string& bed_id, const Connected& bed);
  void cancel(const std::string& bed_id, const Session& session);
  void send_order(const std::string& bed_id, const Session& session);
  void sign_next(const std::string& bed_id, const Connected& bed);
  bool due(const std::string& what, std::chrono::seconds longest);
  std::vector<std::pair<std::string, Connected>> beds_to_look_at();

  void look_soon(const std::string& bed_id);
  /// Moves a live session on, and shows it.
  void settle(const std::string& bed_id, const std::string& order_id, const std::string& state,
              const std::string& reason);
  void forget_retries(const std::string& prefix);

  storage::Acts& acts_;
  const JournalService& journal_;
  const OrderDesk& desk_;
  LiveView& live_;
  const std::string holder_;

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  bool woken_ = false;
  bedlink::Gateway* gateway_ = nullptr;
  std::map<std::string, Connected> beds_;
  std::map<std::string, std::string> keys_;  // bed, the key it last came with
  std::set<std::string> unwanted_;           // orders that the gate refused when the bed was ready
  std::map<std::string, Retry> retries_;     // by "send/", "cancel/" or "sign/" and an id
  std::map<std::string, Moment> alarms_;     // when a security event was last written
  std::thread thread_;
};

}  // namespace facet::beds
