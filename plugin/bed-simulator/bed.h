// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "bed-simulator/journal.h"
#include "bed-simulator/treatment.h"
#include "bedlink/bed_client.h"

namespace facet::bed_simulator {

/// Both of a bed's clocks; tests put their own in its place.
struct BedTime {
  virtual ~BedTime() = default;
  virtual std::int64_t utc_ms() const = 0;
  virtual std::int64_t mono_ms() const = 0;  // since the machine started, also while it slept
};

struct BedOptions {
  bedlink::Limits limits{150, 60, 3600};  // only the bed itself can change these
  double time_scale = 1;                  // of the session's elapsed time, nothing else
};

struct LocalAnswer {
  bool ok = false;
  std::string code;  // as a LinkCode, or "" if ok
  std::string text;
};

/// The bed itself. What moves is decided here and nowhere else:
/// a start needs the patient on the sensor, the right match code, the local button held for half a
/// second, an accepted order that is in its time, unexpired and never used, a live lease, a trusted
/// clock and no emergency stop. The link can only lower, pause or end.
/// Threads: safe; the link's, the control socket's and the ticking thread call it.
class Bed final : public bedlink::BedBehind {
 public:
  /// Ends a session that a crash cut off (aborted, restart).
  Bed(Journal journal, const BedOptions& options, const BedTime& time);

  void set_identity(const bedlink::BedIdentity& identity);
  /// Called whenever there is something to tell the gateway; must not call the bed.
  void on_news(std::function<void()> tell) { tell_ = std::move(tell); }

  // The local side: sensor, keypad, buttons.
  LocalAnswer lie_down();
  LocalAnswer get_up();
  LocalAnswer enter_code(const std::string& code);
  LocalAnswer press(std::int64_t held_ms);
  LocalAnswer pause();
  LocalAnswer stop();
  LocalAnswer emergency_stop();
  LocalAnswer release_emergency_stop();
  base::Json describe();
  void show_pairing_code(const std::string& code);

  /// Time passes: moves the treatment, watches lease and deadlines. Every 20 ms or so.
  void tick();
  /// Power goes: a session ends as aborted.
  void shut_down();

  // The link's side.
  bedlink::Hello hello() override;
  bool on_accepted(const bedlink::HelloReply& reply) override;
  void on_disconnected() override;
  bedlink::OrderReply on_order(const std::string& jws) override;
  bedlink::CommandReply on_command(const bedlink::Command& command) override;
  void on_stop(const bedlink::Lease& stop) override;
  std::optional<bedlink::LeaseEcho> on_lease(const bedlink::Lease& lease) override;
  bedlink::Events unacknowledged() override;
  void on_ack(std::uint64_t through) override;
  bedlink::BedStatus status() override;

 private:
  enum class Phase { idle, ready, running, paused };
  struct Session {
    std::string order_id;
    std::string session_id;
    Treatment treatment;
    std::int64_t started_utc_ms = 0;
    std::int64_t paused_ms = 0;  // real time
    std::int64_t next_progress_s = 0;
  };
  template <class Act>
  auto guarded(Act act) -> decltype(act());

  LocalAnswer refuse(bedlink::LinkCode code, const char* what, const char* text);
  LocalAnswer try_start();
  LocalAnswer try_resume();
  std::optional<bedlink::LinkCode> timing(const Held& held) const;
  bedlink::Checked<bedlink::Order> check_order(const std::string& jws) const;
  bedlink::OrderReply effective(const bedlink::Order& order) const;
  bedlink::CommandReply cancel(const std::string& order_id);
  void begin(const Held& held);
  void pause_session(const char* cause);
  void end_session(const char* state, const char* cause);
  void leave_ready(const char* cause);
  void record(const char* type, const std::string& order_id, const std::string& session_id,
              const char* cause, base::Json data = base::Json::object());
  bedlink::SessionResult result(const char* state, const char* cause) const;
  void record_end(bedlink::SessionResult result);
  void abort_after_restart();
  void expire_orders();
  void run_treatment(std::int64_t passed_ms);
  bool leased() const { return time_.mono_ms() < lease_until_ms_; }
  bool clock_trusted() const;
  const char* phase_text() const;
  void news() {
    if (tell_) tell_();
  }

  std::mutex mutex_;
  Journal journal_;
  const BedOptions options_;
  const BedTime& time_;
  const std::string boot_id_;
  std::function<void()> tell_;

  std::optional<bedlink::BedIdentity> identity_;
  std::optional<bedlink::Key> key_;
  std::optional<bedlink::Key> order_key_;

  bool present_ = false;
  bool estop_ = false;
  bool fault_ = false;
  bool connected_ = false;
  std::string pairing_code_;
  Phase phase_ = Phase::idle;
  std::string order_id_;  // ready or in session
  std::optional<Session> session_;
  std::int64_t phase_since_ms_ = 0;
  bool left_while_paused_ = false;
  std::int64_t last_tick_ms_ = 0;

  std::int64_t lease_ms_ = 5000;
  std::int64_t lease_until_ms_ = 0;
  std::optional<std::int64_t> clock_error_ms_;  // against the gateway, when last connected
  std::deque<base::Json> refusals_;
};

}  // namespace facet::bed_simulator
