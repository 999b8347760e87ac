// SPDX-License-Identifier: MPL-2.0
#include "beds/event_store.h"

#include "bedlink/jws.h"

namespace facet::beds {

using bedlink::Event;
using storage::Transaction;

namespace {

constexpr const char* contradiction =
    "contradiction";  // an event type of our own, and a journal's suffix

void insert(Transaction& tx, const std::string& device_id, const std::string& journal_id,
            std::int64_t number, const std::string& order_id, const std::string& type,
            std::int64_t at_ms, const std::string& body, std::int64_t now_ms) {
  tx.execute(
      "insert into bed_event (device_id, journal_id, number, order_id, type, at_ms, received_ms, "
      "body, sha256) values (:device, :journal, :number, :order, :type, :at, :now, :body, :hash)",
      device_id, journal_id, number, order_id, type, at_ms, now_ms, body,
      bedlink::sha256_hex(body));
}

std::string evidence_of(const std::string& journal_id) {
  return journal_id + "/" + contradiction;
}

}  // namespace

std::int64_t last_event(Transaction& tx, const std::string& device_id,
                        const std::string& journal_id) {
  return std::get<0>(*tx.query_one<std::int64_t>(
      "select coalesce(max(number), 0) from bed_event where device_id = :device and "
      "journal_id = :journal",
      device_id, journal_id));
}

std::optional<std::string> event_hash(Transaction& tx, const std::string& device_id,
                                      const std::string& journal_id, std::int64_t number) {
  const auto row = tx.query_one<std::string>(
      "select sha256 from bed_event where device_id = :device and journal_id = :journal and "
      "number = :number and type <> 'gap'",
      device_id, journal_id, number);
  if (!row) return {};
  return std::get<0>(*row);
}

void insert_event(Transaction& tx, const std::string& device_id, const std::string& journal_id,
                  const Event& event, std::int64_t now_ms) {
  insert(tx, device_id, journal_id, static_cast<std::int64_t>(event.seq), event.order_id,
         event.type, event.at_utc_ms, event.raw, now_ms);
}

void note_gap(Transaction& tx, const std::string& device_id, const std::string& journal_id,
              std::int64_t from, std::int64_t through, std::int64_t now_ms) {
  insert(tx, device_id, journal_id, through, "", "gap", now_ms,
         base::Json{{"from", from}, {"through", through}}.dump(), now_ms);
}

void note_contradiction(Transaction& tx, const std::string& device_id,
                        const std::string& journal_id, const Event& event, std::int64_t now_ms) {
  const auto journal = evidence_of(journal_id);
  const auto number = last_event(tx, device_id, journal) + 1;
  insert(tx, device_id, journal, number, event.order_id, contradiction, event.at_utc_ms, event.raw,
         now_ms);
}

bool is_quarantined(Transaction& tx, const std::string& device_id) {
  return tx
      .query_one<std::int64_t>(
          "select e.number from bed_event e where e.device_id = :device and "
          "e.type = 'contradiction' and e.received_ms >= (select coalesce(max(c.paired_ms), 0) "
          "from bed_credential c where c.device_id = e.device_id)",
          device_id)
      .has_value();
}

}  // namespace facet::beds
