// SPDX-License-Identifier: MPL-2.0
#include "storage/audit_chain.h"

#include "base/uuid.h"
#include "storage/digest.h"

namespace facet::storage {
namespace {

std::string join(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ",") + part;
  return text;
}

/// A row as the bytes that its HMAC covers: each field with its length in front, so that no two
/// different rows give the same bytes.
struct Row {
  std::string chain;
  std::int64_t number = 0;
  std::string id;
  std::int64_t recorded_ms = 0;
  std::string principal, roles, remote, purpose, action, type, resource_id, patients, outcome,
      reason;

  std::string mac(std::string_view key, std::string_view previous) const {
    std::string bytes;
    const auto add = [&bytes](std::string_view field) {
      bytes += std::to_string(field.size());
      bytes += ':';
      bytes += field;
    };
    add(previous);
    add(chain);
    add(std::to_string(number));
    add(id);
    add(std::to_string(recorded_ms));
    for (const auto* field : {&principal, &roles, &remote, &purpose, &action, &type, &resource_id,
                              &patients, &outcome, &reason})
      add(*field);
    return to_base64(hmac(key, bytes));
  }
};

}  // namespace

void AuditChain::append(Transaction& tx, const base::Principal& who, const Access& access,
                        std::int64_t now_ms) const {
  const auto head = tx.query_one<std::int64_t, std::string>(
      "select number, mac from audit_event where chain = :chain order by number desc limit 1",
      tx.chain());
  Row row;
  row.chain = tx.chain();
  row.number = head ? std::get<0>(*head) + 1 : 1;
  row.id = base::uuid_v7(now_ms);
  row.recorded_ms = now_ms;
  row.principal = who.user_id;
  row.roles = join(who.roles);
  row.remote = who.remote;
  row.purpose = who.purpose;
  row.action = std::string(1, access.action);
  row.type = access.type;
  row.resource_id = access.id;
  row.patients = join(access.patient_ids);
  row.outcome = access.outcome;
  row.reason = access.reason;
  tx.execute(
      "insert into audit_event (chain, number, id, recorded_ms, principal, roles, remote, purpose, "
      "action, resource_type, resource_id, patient_ids, outcome, reason, mac) values (:chain, "
      ":number, :id, :recorded, :principal, :roles, :remote, :purpose, :action, :type, :resource, "
      ":patients, :outcome, :reason, :mac)",
      row.chain, row.number, row.id, row.recorded_ms, row.principal, row.roles, row.remote,
      row.purpose, row.action, row.type, row.resource_id, row.patients, row.outcome, row.reason,
      row.mac(key_, head ? std::get<1>(*head) : std::string()));
  for (const auto& patient : access.patient_ids)
    tx.execute(
        "insert into audit_patient (patient_id, chain, number) values (:patient, :chain, "
        ":number) on conflict do nothing",
        patient, row.chain, row.number);
}

ChainReport AuditChain::verify(Transaction& tx) const {
  ChainReport report;
  std::string chain, previous;
  std::int64_t expected = 1;
  using std::int64_t;
  using std::string;
  tx.each<string, int64_t, string, int64_t, string, string, string, string, string, string, string,
          string, string, string, string>(
      "select chain, number, id, recorded_ms, principal, roles, remote, purpose, action, "
      "resource_type, resource_id, patient_ids, outcome, reason, mac from audit_event "
      "order by chain, number",
      {},
      [&](string row_chain, int64_t number, string id, int64_t recorded_ms, string principal,
          string roles, string remote, string purpose, string action, string type,
          string resource_id, string patients, string outcome, string reason, string mac) {
        if (!report.valid) return;
        if (row_chain != chain) {
          chain = row_chain;
          previous.clear();
          expected = 1;
          ++report.chains;
        }
        const Row row{
            std::move(row_chain), number,           std::move(id),          recorded_ms,
            std::move(principal), std::move(roles), std::move(remote),      std::move(purpose),
            std::move(action),    std::move(type),  std::move(resource_id), std::move(patients),
            std::move(outcome),   std::move(reason)};
        const auto where = "chain " + chain + ", event " + std::to_string(number);
        if (number != expected) {
          report.valid = false;
          report.problem = where + ": event " + std::to_string(expected) + " is missing";
        } else if (row.mac(key_, previous) != mac) {
          report.valid = false;
          report.problem = where + ": changed, inserted or moved";
        }
        previous = std::move(mac);
        ++expected;
        ++report.events;
      });
  return report;
}

}  // namespace facet::storage
