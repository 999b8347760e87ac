// SPDX-License-Identifier: MPL-2.0
#include "bed-simulator/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "base/interval.h"
#include "base/uuid.h"
#include "bedlink/certificates.h"
#include "bedlink/jws.h"

namespace facet::bed_simulator {

using base::Json;
using bedlink::Event;

namespace {

constexpr std::int64_t keep_ms = 30 * base::day_ms;

Json order_record(const Held& h) {
  return {{"t", "order"},
          {"jws", h.jws},
          {"order", bedlink::order_text(h.order)},
          {"state", h.state},
          {"session_id", h.session_id},
          {"utc_ms", h.accepted_utc_ms},
          {"mono_ms", h.accepted_mono_ms}};
}

bool ended(const std::string& state) {
  return state != "accepted" && state != "running";
}

}  // namespace

Journal::Journal(Journal&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      id_(std::move(other.id_)),
      orders_(std::move(other.orders_)),
      tombstones_(std::move(other.tombstones_)),
      epoch_(other.epoch_),
      counter_(other.counter_),
      last_seq_(other.last_seq_),
      outbox_(std::move(other.outbox_)),
      snapshot_(std::move(other.snapshot_)) {}

Journal::~Journal() {
  if (fd_ >= 0) ::close(fd_);
}

base::Result<Journal> Journal::open(const std::filesystem::path& file, std::int64_t now_utc_ms) {
  Journal journal;
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  if (std::filesystem::exists(file)) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    if (!in || !journal.replay(text.str()))
      return base::fail(base::ErrorCode::internal, file.filename().string(),
                        "The bed's journal is damaged; the bed must not be used.");
  }
  if (journal.id_.empty()) journal.id_ = base::uuid_v7(now_utc_ms);
  const auto text = journal.compacted(now_utc_ms);
  if (auto written = bedlink::write_private_file(file, text); !written) return pass(written);
  journal.fd_ = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (journal.fd_ < 0)
    return base::fail(base::ErrorCode::internal, file.filename().string(),
                      "The bed's journal cannot be written.");
  return journal;
}

bool Journal::replay(const std::string& text) {
  std::size_t from = 0;
  for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', from)) {
    const auto record = base::parse_json(std::string_view(text).substr(from, end - from));
    if (!record || !apply(*record)) return false;
    from = end + 1;
  }
  return true;  // what follows the last newline was torn off while being written
}

bool Journal::apply(const Json& r) try {
  const auto t = r.at("t").get<std::string>();
  if (t == "journal") {
    id_ = r.at("id");
    last_seq_ = r.at("last_seq");
    counter_ = r.at("counter");
    epoch_ = r.at("epoch");
  } else if (t == "order") {
    auto order = bedlink::parse_order(r.at("order").get<std::string>());
    if (!order) return false;
    Held held{*order,         r.at("jws"),    "", r.at("state"), r.at("session_id"),
              r.at("utc_ms"), r.at("mono_ms")};
    held.hash = bedlink::sha256_hex(held.jws);
    counter_ = std::max(counter_, order->counter);
    orders_[order->order_id] = std::move(held);
  } else if (t == "consumed") {
    auto& held = orders_.at(r.at("order_id"));
    held.state = "running";
    held.session_id = r.at("session_id");
    snapshot_.reset();
  } else if (t == "state") {
    orders_.at(r.at("order_id")).state = r.at("state");
  } else if (t == "tombstone") {
    tombstones_[r.at("order_id")] = r.at("until_ms");
  } else if (t == "epoch") {
    epoch_ = r.at("epoch");
  } else if (t == "snapshot") {
    auto result = bedlink::parse_result(r.at("result").get<std::string>());
    if (!result) return false;
    snapshot_ = std::move(*result);
  } else if (t == "event") {
    auto event = bedlink::parse_event(r.at("event"));
    if (!event) return false;
    last_seq_ = event->seq;
    outbox_.push_back(std::move(*event));
  } else if (t == "ack") {
    const std::uint64_t through = r.at("through");
    std::erase_if(outbox_, [&](const Event& e) { return e.seq <= through; });
  } else {
    return false;
  }
  return true;
} catch (const std::exception&) {
  return false;
}

/// What still matters, as a new journal.
std::string Journal::compacted(std::int64_t now_utc_ms) {
  std::erase_if(orders_, [&](const auto& item) {
    return ended(item.second.state) && item.second.order.not_after_ms + keep_ms < now_utc_ms;
  });
  std::erase_if(tombstones_, [&](const auto& item) { return item.second < now_utc_ms; });
  const std::uint64_t base_seq = outbox_.empty() ? last_seq_ : outbox_.front().seq - 1;
  std::string text = Json{{"t", "journal"},
                          {"id", id_},
                          {"last_seq", base_seq},
                          {"counter", counter_},
                          {"epoch", epoch_}}
                         .dump() +
                     "\n";
  for (const auto& [id, held] : orders_) text += order_record(held).dump() + "\n";
  for (const auto& [id, until] : tombstones_)
    text += Json{{"t", "tombstone"}, {"order_id", id}, {"until_ms", until}}.dump() + "\n";
  if (snapshot_)
    text += Json{{"t", "snapshot"}, {"result", bedlink::result_text(*snapshot_)}}.dump() + "\n";
  for (const auto& event : outbox_)
    text += Json{{"t", "event"}, {"event", bedlink::to_json(event)}}.dump() + "\n";
  return text;
}

void Journal::append(const Json& record) {
  const std::string line = record.dump() + "\n";
  std::string_view left = line;
  while (!left.empty()) {
    const auto n = ::write(fd_, left.data(), left.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) throw std::runtime_error("the journal cannot be written");
    left.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::fdatasync(fd_) != 0) throw std::runtime_error("the journal cannot be written");
  if (!apply(record)) throw std::runtime_error("the journal does not accept this record");
}

void Journal::accept(const Held& held) {
  append(order_record(held));
}
void Journal::consume(const std::string& order_id, const std::string& session_id) {
  append({{"t", "consumed"}, {"order_id", order_id}, {"session_id", session_id}});
}
void Journal::set_state(const std::string& order_id, const std::string& state) {
  append({{"t", "state"}, {"order_id", order_id}, {"state", state}});
}
void Journal::bury(const std::string& order_id, std::int64_t until_utc_ms) {
  append({{"t", "tombstone"}, {"order_id", order_id}, {"until_ms", until_utc_ms}});
}
void Journal::set_epoch(std::uint64_t epoch) {
  append({{"t", "epoch"}, {"epoch", epoch}});
}
void Journal::snapshot(const bedlink::SessionResult& so_far) {
  append({{"t", "snapshot"}, {"result", bedlink::result_text(so_far)}});
}
void Journal::add(Event event) {
  event.seq = last_seq_ + 1;
  append({{"t", "event"}, {"event", bedlink::to_json(event)}});
}
void Journal::acknowledge(std::uint64_t through) {
  if (!outbox_.empty() && outbox_.front().seq <= through)
    append({{"t", "ack"}, {"through", through}});
}

}  // namespace facet::bed_simulator
