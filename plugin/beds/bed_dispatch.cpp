// SPDX-License-Identifier: MPL-2.0
// What is sent to beds: the dispatching thread of BedLink.
#include <algorithm>
#include <random>

#include "base/interval.h"
#include "beds/bed_link.h"
#include "beds/bed_store.h"
#include "beds/lease_terms.h"
#include "beds/session_store.h"
#include "storage/outbox.h"

namespace facet::beds {

using base::Result;
using base::Status;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using storage::Act;

namespace {

constexpr const char* topic = "appointment";
constexpr milliseconds news_every{250};
constexpr seconds look_every{5};
constexpr std::int64_t prefetch_ms = 12 * base::hour_ms;
constexpr int most_news = 100;

constexpr seconds longest_send{60};
constexpr seconds longest_sign{300};  // every question is an entry in the record

/// 1, 2, 4 ... seconds, and up to half as much again at random.
milliseconds wait_after(int tries, seconds longest) {
  thread_local std::mt19937 engine{std::random_device{}()};
  const auto base_ms =
      std::min<std::int64_t>(milliseconds(longest).count(), 1000LL << std::min(tries, 10));
  return milliseconds(base_ms +
                      std::uniform_int_distribution<std::int64_t>(0, base_ms / 2)(engine));
}

struct Look {
  std::vector<Session> live;
  std::set<std::string> off;  // orders whose appointment is no more what was signed
};

bool is_off(Act& act, const Session& session) {
  const bool moves = session.state == "running" || session.state == "paused";
  if (!moves)
    return !stands_as_signed(act.tx, session.appointment_id, session.appointment_version);
  const auto row = act.tx.query_one<std::string>(
      "select status from appointment where id = :id order by version desc limit 1",
      session.appointment_id);
  return !row || std::get<0>(*row) == "cancelled";
}

}  // namespace

void BedLink::start(bedlink::Gateway& gateway) {
  {
    const std::lock_guard lock(mutex_);
    gateway_ = &gateway;
  }
  thread_ = std::thread([this] { run(); });
}

void BedLink::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void BedLink::disconnect(const std::string& device_id) {
  bedlink::Gateway* gateway = nullptr;
  {
    const std::lock_guard lock(mutex_);
    gateway = gateway_;
  }
  if (gateway != nullptr) gateway->disconnect(device_id);
}

void BedLink::look_soon(const std::string& bed_id) {
  {
    const std::lock_guard lock(mutex_);
    const auto at = beds_.find(bed_id);
    if (at == beds_.end()) return;
    at->second.look_at = {};
    woken_ = true;
  }
  wake_.notify_all();
}

void BedLink::forget_retries(const std::string& prefix) {
  std::erase_if(retries_, [&](const auto& entry) { return entry.first.starts_with(prefix); });
}

/// True once now, and again only after a growing while.
bool BedLink::due(const std::string& what, seconds longest) {
  const std::lock_guard lock(mutex_);
  const auto now = steady_clock::now();
  auto& retry = retries_[what];
  if (now < retry.next) return false;
  retry.next = now + wait_after(retry.tries++, longest);
  return true;
}

std::vector<std::pair<std::string, BedLink::Connected>> BedLink::beds_to_look_at() {
  const std::lock_guard lock(mutex_);
  const auto now = steady_clock::now();
  std::vector<std::pair<std::string, Connected>> beds;
  for (auto& [id, bed] : beds_) {
    if (!bed.online || bed.look_at > now) continue;
    bed.look_at = now + look_every;
    beds.emplace_back(id, bed);
  }
  return beds;
}

void BedLink::run() {
  auto leases_at = steady_clock::now();
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, news_every, [this] { return stopping_ || woken_; });
      if (stopping_) return;
      woken_ = false;
    }
    if (take_news()) {
      const std::lock_guard lock(mutex_);
      for (auto& [id, bed] : beds_) bed.look_at = {};
    }
    if (steady_clock::now() >= leases_at) {
      keep_leases();
      leases_at = steady_clock::now() + milliseconds(lease_terms::renew_every_ms);
    }
    for (const auto& [id, bed] : beds_to_look_at()) look_at(id, bed);
  }
}

/// News only says where to look: what to do is read from the record.
bool BedLink::take_news() {
  const auto news = acts_.read(gateway_principal(), [](Act& act) {
    return Result<std::vector<storage::News>>(storage::pending(act.tx, topic, most_news));
  });
  if (!news || news->empty()) return false;
  const auto consumed = acts_.write(gateway_principal(), [&](Act& act) -> Status {
    for (const auto& one : *news) storage::consume(act.tx, one, act.now_ms);
    return {};
  });
  if (!consumed) return false;
  const std::lock_guard lock(mutex_);
  for (const auto& one : *news) forget_retries("sign/" + one.id);
  return true;
}

void BedLink::keep_leases() {
  std::vector<std::pair<std::string, std::int64_t>> held;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, bed] : beds_) held.emplace_back(id, bed.epoch);
    const auto long_ago = steady_clock::now() - 2 * longest_sign;
    std::erase_if(retries_, [&](const auto& entry) { return entry.second.next < long_ago; });
  }
  std::vector<std::string> lost;
  const auto kept = acts_.write(gateway_principal(), [&](Act& act) -> Status {
    lost.clear();
    for (const auto& [id, epoch] : held)
      if (!renew_lease(act.tx, id, holder_, epoch, act.now_ms + lease_terms::length_ms))
        lost.push_back(id);
    return {};
  });
  if (!kept) return;
  for (const auto& id : lost) disconnect(id);
}

void BedLink::look_at(const std::string& bed_id, const Connected& bed) {
  const auto look = acts_.read(gateway_principal(), [&](Act& act) -> Result<Look> {
    Look found{live_sessions(act.tx, bed_id), {}};
    for (const auto& session : found.live)
      if (is_off(act, session)) found.off.insert(session.order_id);
    return found;
  });
  if (!look) return;
  const Session* waiting =
      nullptr;  // the first that the bed has not answered; beds take them in order
  for (const auto& session : look->live) {
    bool off = look->off.contains(session.order_id);
    {
      const std::lock_guard lock(mutex_);
      off = off || unwanted_.contains(session.order_id);
    }
    if (off)
      cancel(bed_id, session);
    else if (session.state == "ordered" && waiting == nullptr)
      waiting = &session;
  }
  if (waiting != nullptr)
    send_order(bed_id, *waiting);
  else
    sign_next(bed_id, bed);
}

void BedLink::cancel(const std::string& bed_id, const Session& session) {
  if (!due("cancel/" + session.order_id, longest_send)) return;
  if (session.state == "running" || session.state == "paused")
    (void)gateway_->stop_session(bed_id, session.order_id);
  (void)gateway_->cancel(bed_id, session.order_id);
}

void BedLink::send_order(const std::string& bed_id, const Session& session) {
  if (due("send/" + session.order_id, longest_send))
    (void)gateway_->send_order(bed_id, session.jws);
}

void BedLink::sign_next(const std::string& bed_id, const Connected& bed) {
  const auto wanted =
      acts_.read(gateway_principal(), [&](Act& act) -> Result<std::vector<std::string>> {
        return unordered_appointments(act.tx, bed_id, act.now_ms, act.now_ms + prefetch_ms);
      });
  if (!wanted) return;
  for (const auto& appointment_id : *wanted) {
    if (!due("sign/" + appointment_id, longest_sign)) continue;
    const auto session = desk_.sign({bed_id, holder_, bed.epoch}, bed.limits, appointment_id);
    if (!session && session.error().code == base::ErrorCode::conflict) return disconnect(bed_id);
    if (!session || !*session) continue;
    live_.refresh(bed_id);
    return send_order(bed_id, **session);
  }
}

}  // namespace facet::beds
