// SPDX-License-Identifier: MPL-2.0
#include "storage/audit_chain.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/uuid.h"

namespace facet::storage {
namespace {

std::string join(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ",") + part;
  return text;
}

/// Where a session writes next in its chain.
struct Place {
  std::int64_t number = 0;
  std::string mac;
};

Place last_place(Transaction& tx) {
  auto head = tx.query_one<std::int64_t, std::string>(
      "select number, mac from audit_event where chain = :chain order by number desc limit 1",
      tx.chain());
  return head ? Place{std::get<0>(*head), std::move(std::get<1>(*head))} : Place{};
}

constexpr int page_size = 10'000;

/// SQLite lets whoever tampers put text into a column of numbers; it sorts after them.
Value number_value(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return number;
  return std::string(text);
}

}  // namespace

void AuditChain::append(Transaction& tx, const base::Principal& who,
                        std::span<const Access> accesses, std::int64_t now_ms) const {
  if (accesses.empty()) return;
  AuditSeal seal(seal_);
  auto place = last_place(tx);
  const auto roles = join(who.roles);
  const auto recorded = std::to_string(now_ms);
  for (const auto& access : accesses) {
    ++place.number;
    const auto id = base::uuid_v7(now_ms);
    const std::string action(1, access.action);
    const auto patients = join(access.patient_ids);
    const auto number = std::to_string(place.number);
    place.mac = seal.mac(place.mac, {tx.chain(),
                                     number,
                                     id,
                                     recorded,
                                     who.user_id,
                                     roles,
                                     who.remote,
                                     who.purpose,
                                     action,
                                     access.type,
                                     access.id,
                                     patients,
                                     access.outcome,
                                     access.reason,
                                     {}});
    tx.execute(
        "insert into audit_event (chain, number, id, recorded_ms, principal, roles, remote, "
        "purpose, action, resource_type, resource_id, patient_ids, outcome, reason, mac) values "
        "(:chain, :number, :id, :recorded, :principal, :roles, :remote, :purpose, :action, :type, "
        ":resource, :patients, :outcome, :reason, :mac)",
        tx.chain(), place.number, id, now_ms, who.user_id, roles, who.remote, who.purpose, action,
        access.type, access.id, patients, access.outcome, access.reason, place.mac);
    for (const auto& patient : access.patient_ids)
      tx.execute(
          "insert into audit_patient (patient_id, chain, number) values (:patient, :chain, "
          ":number) on conflict do nothing",
          patient, tx.chain(), place.number);
  }
  appended_ += static_cast<std::int64_t>(accesses.size());
}

ChainReport AuditChain::verify(Transaction& tx, HeadSet heads, const std::string& place) const {
  AuditVerifier verifier(key_, std::move(heads), place);
  each_audit_row(tx, [&verifier](const AuditRow& row) { verifier.add(row); });
  return verifier.finish();
}

void each_audit_row(Transaction& tx, const std::function<void(const AuditRow&)>& on_row) {
  // Page by page, because PostgreSQL sends whole results.
  std::vector<Value> from{std::string(), std::numeric_limits<std::int64_t>::min(),
                          std::int64_t{page_size}};
  for (int rows = page_size; rows == page_size;) {
    rows = 0;
    AuditRow row;
    std::vector<Value> last = from;
    tx.scan(
        "select chain, number, id, recorded_ms, principal, roles, remote, purpose, action, "
        "resource_type, resource_id, patient_ids, outcome, reason, mac from audit_event "
        "where (chain, number) > ($1, $2) order by chain, number limit $3",
        from, [&](TextRow text) {
          std::copy(text.begin(), text.end(), row.begin());
          on_row(row);
          if (++rows < page_size) return;
          last[0] = std::string(row[a_chain]);
          last[1] = number_value(row[a_number]);
        });
    from = std::move(last);
  }
}

std::vector<Head> audit_heads(Transaction& tx) {
  // Jumps from chain to chain along the key; "distinct" would walk every row.
  const auto chains = tx.query<std::string>(
      "with recursive one(chain) as (select min(chain) from audit_event union all "
      "select (select min(chain) from audit_event where audit_event.chain > one.chain) from one "
      "where one.chain is not null) select chain from one where chain is not null");
  std::vector<Head> heads;
  for (const auto& [chain] : chains) {
    auto last = tx.query_one<std::int64_t, std::string, std::int64_t>(
        "select number, mac, recorded_ms from audit_event where chain = :chain "
        "order by number desc limit 1",
        chain);
    heads.push_back({chain, std::get<0>(*last), std::move(std::get<1>(*last)), std::get<2>(*last)});
  }
  return heads;
}

}  // namespace facet::storage
