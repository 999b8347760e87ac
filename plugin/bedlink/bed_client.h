// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/result.h"
#include "bedlink/messages.h"
#include "bedlink/pairing.h"
#include "bedlink/watchdog.h"

namespace facet::bedlink {

class Wire;

/// A bed as its link sees it. All functions are called on the thread of BedClient::serve; none may
/// throw.
class BedBehind {
 public:
  virtual ~BedBehind() = default;
  virtual Hello hello() = 0;
  /// False: do not go on with this gateway (an older epoch).
  virtual bool on_accepted(const HelloReply& reply) = 0;
  virtual void on_disconnected() = 0;
  virtual OrderReply on_order(const std::string& jws) = 0;
  virtual CommandReply on_command(const Command& command) = 0;
  virtual void on_stop(const Lease& stop) = 0;
  /// The echo to send, or nothing if the lease is not for what the bed does.
  virtual std::optional<LeaseEcho> on_lease(const Lease& lease) = 0;
  /// Events that were never acknowledged, oldest first, at most max_events; empty if none.
  virtual Events unacknowledged() = 0;
  virtual void on_ack(std::uint64_t through) = 0;
  virtual BedStatus status() = 0;
};

/// The bed's end of the link.
class BedClient {
 public:
  /// `accepted` is called on serve()'s thread at each Hello that the gateway accepts.
  BedClient(std::string host, std::uint16_t port, const BedIdentity& identity, BedBehind& bed,
            std::function<void()> accepted = {});
  ~BedClient();

  /// Connects and serves until the link ends. Errors: denied (refused by TLS, HTTP or Hello);
  /// unavailable (not reached, or lost before Hello was accepted). Success: was accepted, then
  /// lost.
  base::Status serve();
  /// Any thread: there are events or a status to send.
  void wake();
  /// Any thread: serve() returns soon, now and whenever it is called again.
  void close();

 private:
  base::Status run(Wire& wire);
  bool introduce(Wire& wire, base::Status& outcome);
  bool send_news(Wire& wire);
  bool handle(Wire& wire, const std::string& text);
  bool handle_call(Wire& wire, const Call& call);
  bool handle_send(Wire& wire, const Send& send);

  const std::string host_;
  const std::uint16_t port_;
  const BedIdentity identity_;
  BedBehind& bed_;
  const std::function<void()> accepted_;
  Watchdog dog_;

  std::mutex mutex_;
  Wire* wire_ = nullptr;
  bool closing_ = false;

  // serve()'s thread only:
  std::uint64_t next_id_ = 1;
  std::string pending_id_;
  Moment pending_deadline_{};
  Moment quiet_until_{};  // after a retryable refusal
  std::string told_status_;
  std::uint64_t last_lease_ = 0;
};

}  // namespace facet::bedlink
