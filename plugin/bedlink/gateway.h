// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "bedlink/certificates.h"
#include "bedlink/messages.h"
#include "bedlink/order.h"

namespace facet::bedlink {

/// What the owner says to a bed that introduces itself.
struct HelloDecision {
  enum class Status { accepted, pending, quarantined, rejected } status = Status::rejected;
  std::uint64_t epoch = 0;        // fencing token of this gateway; the bed refuses older ones
  std::uint64_t ack_through = 0;  // last event of this journal that is committed here
};

/// The gateway's owner. Every function is called on the bed's own thread, several beds at once;
/// for one bed never two at a time, except is_allowed. None may throw or block for long. They may
/// call Gateway's functions, except stop() and pair().
class GatewayEvents {
 public:
  virtual ~GatewayEvents() = default;

  /// Is this key on the allow-list? Asked at every connection and every second after.
  virtual bool is_allowed(const std::string& bed_id, const std::string& spki) = 0;
  virtual HelloDecision on_hello(const Hello& hello) = 0;
  /// The bed is connected and everything in its outbox at Hello is acknowledged: now send cancels,
  /// then orders.
  virtual void on_online(const std::string& bed_id) = 0;
  virtual void on_disconnected(const std::string& bed_id) = 0;

  /// Returns only once the events are committed: the last committed seq, which the bed is then
  /// told. Nothing: could not commit now, the bed tries again. Events may come again; `seq` has no
  /// gaps within one call, and a signed result was checked against the bed's certificate.
  virtual std::optional<std::uint64_t> on_events(const std::string& bed_id,
                                                 const std::string& journal_id,
                                                 const std::vector<Event>& events) = 0;
  virtual void on_order_reply(const std::string& bed_id, const OrderReply& reply) = 0;
  virtual void on_command_reply(const std::string& bed_id, const CommandReply& reply) = 0;

  /// The patient lies on the bed and the code matched. True: lease it, so that the local button may
  /// start. The last moment to ask the gate.
  virtual bool on_ready(const std::string& bed_id, const std::string& order_id) = 0;
  virtual void on_status(const std::string& bed_id, const BedStatus& status) = 0;
  virtual void on_lease_echo(const std::string& bed_id, const LeaseEcho& echo) = 0;
  /// Somebody was turned away: "no_identity", "not_allowed", "identity_mismatch", "duplicate",
  /// "malformed", "rate", "signature". bed_id may be empty.
  virtual void on_security_event(const std::string& bed_id, const std::string& type) = 0;
};

struct GatewayOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;          // 0: any; port() says which
  std::uint16_t pairing_port = 0;  // likewise
  int max_beds = 32;
};

struct PairedBed {
  std::string bed_id;
  std::string spki;         // for the allow-list
  std::string certificate;  // PEM
};

/// The clinic's end of the bed link. Threads: all functions safe; one thread per connected bed.
/// Nothing throws to the owner.
class Gateway {
 public:
  /// Listens. `events` and `clock` must outlive the gateway. Errors: unavailable (address in use).
  static base::Result<std::unique_ptr<Gateway>> start(const GatewayOptions& options,
                                                      const ClinicKeys& keys, GatewayEvents& events,
                                                      const base::Clock& clock);
  ~Gateway();  // stops
  /// Closes every socket and waits for its thread. Beds pause when their lease lapses.
  void stop();

  std::uint16_t port() const;
  std::uint16_t pairing_port() const;
  bool is_online(const std::string& bed_id) const;

  // Each is queued to a connected bed; `unavailable` if it is not. The answer comes through
  // GatewayEvents; a bed that loses the connection first never answers, and on_online follows.
  base::Status send_order(const std::string& bed_id, const std::string& jws);
  base::Status cancel(const std::string& bed_id, const std::string& order_id);
  base::Status hold(const std::string& bed_id, const std::string& order_id);
  base::Status reduce(const std::string& bed_id, const std::string& order_id,
                      std::int64_t max_force_n);
  base::Status query(const std::string& bed_id, const std::string& order_id);
  /// Overtakes everything queued; not answered, the bed's next event tells.
  base::Status stop_session(const std::string& bed_id, const std::string& order_id);
  /// Closes the bed's socket now (is_allowed is asked again when it returns).
  void disconnect(const std::string& bed_id);

  /// Opens the pairing port until a bed proves that it shows `code`, five failed tries, or the
  /// timeout. Blocks. The bed comes back on port() with the new certificate: allow its key first.
  /// Errors: invalid code; conflict (a window is open); denied (five failures); unavailable
  /// (timeout).
  base::Result<PairedBed> pair(const std::string& bed_id, const std::string& code,
                               std::chrono::milliseconds timeout);

  class Impl;

 private:
  explicit Gateway(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace facet::bedlink
