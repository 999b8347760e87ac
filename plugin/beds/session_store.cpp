// SPDX-License-Identifier: MPL-2.0
#include "beds/session_store.h"

#include "base/interval.h"

namespace facet::beds {

using storage::Transaction;

namespace {

constexpr const char* columns =
    "select o.id, o.device_id, o.appointment_id, o.appointment_version, o.service_request_id, "
    "o.patient_id, o.counter, o.jws, o.match_code_sealed, o.not_before_ms, o.not_after_ms, "
    "s.state, s.reason, s.elapsed_s, s.changed_ms "
    "from bed_order o join bed_session s on s.order_id = o.id where ";
constexpr const char* live = "s.state in ('ordered', 'accepted', 'ready', 'running', 'paused')";

template <class... In>
std::vector<Session> select(Transaction& tx, const std::string& condition, const In&... in) {
  using T = std::string;
  using I = std::int64_t;
  std::vector<Session> sessions;
  for (auto& row :
       tx.query<T, T, T, I, T, T, I, T, T, I, I, T, T, I, I>(columns + condition, in...))
    sessions.push_back(
        std::apply([](auto&... column) { return Session{std::move(column)...}; }, row));
  return sessions;
}

/// Of appointment a: its last version with another time, place or order; 0 if it never moved.
constexpr const char* last_elsewhere =
    "(select coalesce(max(m.version), 0) from appointment m where m.id = a.id and "
    "(m.start_ms <> a.start_ms or m.end_ms <> a.end_ms or m.schedule_id <> a.schedule_id or "
    "m.service_request_id <> a.service_request_id))";

}  // namespace

void insert_session(Transaction& tx, const Session& s, const std::string& patient_ref,
                    std::int64_t now_ms) {
  tx.execute(
      "insert into bed_order (id, device_id, counter, appointment_id, appointment_version, "
      "service_request_id, patient_id, patient_ref, match_code_sealed, jws, not_before_ms, "
      "not_after_ms, signed_ms) values (:id, :device, :counter, :appointment, :version, :request, "
      ":patient, :ref, :code, :jws, :from, :to, :now)",
      s.order_id, s.device_id, s.counter, s.appointment_id, s.appointment_version,
      s.service_request_id, s.patient_id, patient_ref, s.match_code_sealed, s.jws, s.not_before_ms,
      s.not_after_ms, now_ms);
  tx.execute(
      "insert into bed_session (order_id, device_id, state, reason, elapsed_s, changed_ms) "
      "values (:id, :device, 'ordered', '', 0, :now)",
      s.order_id, s.device_id, now_ms);
}

std::optional<Session> find_session(Transaction& tx, const std::string& order_id) {
  auto found = select(tx, "o.id = :id", order_id);
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<Session> live_sessions(Transaction& tx, const std::string& device_id) {
  return select(tx, std::string("s.device_id = :device and ") + live + " order by o.counter",
                device_id);
}

std::vector<Session> recent_sessions(Transaction& tx, const std::string& device_id,
                                     std::int64_t since_ms) {
  return select(tx,
                std::string("s.device_id = :device and (s.changed_ms > :since or ") + live + ")",
                device_id, since_ms);
}

void set_session_state(Transaction& tx, const std::string& order_id, const std::string& state,
                       const std::string& reason, std::int64_t elapsed_s, std::int64_t now_ms) {
  tx.execute(
      "update bed_session set state = :state, reason = :reason, elapsed_s = :elapsed, "
      "changed_ms = :now where order_id = :id",
      state, reason, elapsed_s, now_ms, order_id);
}

std::int64_t next_counter(Transaction& tx, const std::string& device_id) {
  return 1 + std::get<0>(*tx.query_one<std::int64_t>(
                 "select coalesce(max(counter), 0) from bed_order where device_id = :device",
                 device_id));
}

bool stands_as_signed(Transaction& tx, const std::string& appointment_id, std::int64_t version) {
  const auto row = tx.query_one<std::string, std::int64_t>(
      std::string("select a.status, ") + last_elsewhere +
          " from appointment a where a.id = :id order by a.version desc limit 1",
      appointment_id);
  if (!row) return false;
  const auto& [status, elsewhere] = *row;
  const bool live = status == "booked" || status == "arrived" || status == "checked-in";
  return live && version > elsewhere;
}

std::vector<std::string> unordered_appointments(Transaction& tx, const std::string& device_id,
                                                std::int64_t now_ms, std::int64_t until_ms) {
  std::vector<std::string> ids;
  for (auto& [id] : tx.query<std::string>(
           std::string(
               "select a.id from appointment a where a.start_ms > :from and a.start_ms < :until "
               "and a.end_ms > :now and a.status in ('booked', 'arrived', 'checked-in') "
               "and a.version = (select max(b.version) from appointment b where b.id = a.id) "
               "and a.schedule_id in (select d.id from schedule d where d.device_id = :device) "
               "and not exists (select 1 from bed_order o where o.appointment_id = a.id "
               "and o.appointment_version > ") +
               last_elsewhere +
               ") and not exists (select 1 from bed_order o join bed_session s on s.order_id = o.id "
               "where o.appointment_id = a.id and " +
               live + ") order by a.start_ms, a.id limit 50",
           now_ms - base::day_ms, until_ms, now_ms, device_id))
    ids.push_back(std::move(id));
  return ids;
}

}  // namespace facet::beds
