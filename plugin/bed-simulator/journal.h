// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "bedlink/messages.h"
#include "bedlink/order.h"

namespace facet::bed_simulator {

struct Held {
  bedlink::Order order;
  std::string jws;
  std::string hash;
  std::string state;  // accepted, running, completed, stopped, aborted, missed, cancelled
  std::string session_id;
  std::int64_t accepted_utc_ms = 0;
  std::int64_t accepted_mono_ms = 0;
};

/// Everything a bed may not forget, as lines appended to one file. Each function returns after
/// fsync, and throws std::runtime_error if the disk refuses: a bed that cannot remember must not
/// move. A torn last line (power cut) is dropped; any other damage is refused.
class Journal {
 public:
  static base::Result<Journal> open(const std::filesystem::path& file, std::int64_t now_utc_ms);
  ~Journal();
  Journal(Journal&& other) noexcept;
  Journal& operator=(Journal&&) = delete;

  void accept(const Held& held);
  /// Before any motion: the order is used up, whatever happens next.
  void consume(const std::string& order_id, const std::string& session_id);
  void set_state(const std::string& order_id, const std::string& state);
  void bury(const std::string& order_id, std::int64_t until_utc_ms);
  void set_epoch(std::uint64_t epoch);
  void snapshot(const bedlink::SessionResult& so_far);
  /// Gives the event its seq.
  void add(bedlink::Event event);
  void acknowledge(std::uint64_t through);

  const std::string& id() const { return id_; }
  const std::map<std::string, Held>& orders() const { return orders_; }
  bool buried(const std::string& order_id) const { return tombstones_.contains(order_id); }
  std::uint64_t epoch() const { return epoch_; }
  std::int64_t counter() const { return counter_; }
  const std::vector<bedlink::Event>& outbox() const { return outbox_; }
  const std::optional<bedlink::SessionResult>& last_snapshot() const { return snapshot_; }

 private:
  Journal() = default;
  void append(const base::Json& record);
  bool apply(const base::Json& record);
  bool replay(const std::string& text);
  std::string compacted(std::int64_t now_utc_ms);

  int fd_ = -1;
  std::string id_;
  std::map<std::string, Held> orders_;
  std::map<std::string, std::int64_t> tombstones_;  // order id, until
  std::uint64_t epoch_ = 0;
  std::int64_t counter_ = 0;  // highest of any order accepted
  std::uint64_t last_seq_ = 0;
  std::vector<bedlink::Event> outbox_;
  std::optional<bedlink::SessionResult> snapshot_;
};

}  // namespace facet::bed_simulator
