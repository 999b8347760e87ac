// SPDX-License-Identifier: MPL-2.0
#include "beds/bed_store.h"

namespace facet::beds {

using storage::Transaction;

std::optional<std::int64_t> take_lease(Transaction& tx, const std::string& device_id,
                                       const std::string& holder, std::int64_t now_ms,
                                       std::int64_t expires_ms) {
  if (tx.execute("insert into bed_lease (device_id, holder, epoch, expires_ms) "
                 "values (:device, :holder, 1, :expires) on conflict (device_id) do nothing",
                 device_id, holder, expires_ms) == 1)
    return 1;
  const auto [current, epoch, until] = *tx.query_one<std::string, std::int64_t, std::int64_t>(
      "select holder, epoch, expires_ms from bed_lease where device_id = :device", device_id);
  if (current != holder && until > now_ms) return {};
  const auto next = current == holder ? epoch : epoch + 1;
  const auto taken = tx.execute(
      "update bed_lease set holder = :holder, epoch = :next, expires_ms = :expires "
      "where device_id = :device and holder = :before and epoch = :epoch",
      holder, next, expires_ms, device_id, current, epoch);
  if (taken == 0) return {};
  return next;
}

bool renew_lease(Transaction& tx, const std::string& device_id, const std::string& holder,
                 std::int64_t epoch, std::int64_t expires_ms) {
  return tx.execute(
             "update bed_lease set expires_ms = :expires "
             "where device_id = :device and holder = :holder and epoch = :epoch",
             expires_ms, device_id, holder, epoch) == 1;
}

void release_lease(Transaction& tx, const std::string& device_id, const std::string& holder,
                   std::int64_t epoch) {
  renew_lease(tx, device_id, holder, epoch, 0);
}

bool holds_lease(Transaction& tx, const std::string& device_id, const std::string& holder,
                 std::int64_t epoch, std::int64_t now_ms) {
  return tx
      .query_one<std::int64_t>(
          "select epoch from bed_lease where device_id = :device and holder = :holder and "
          "epoch = :epoch and expires_ms > :now",
          device_id, holder, epoch, now_ms)
      .has_value();
}

bool is_leased(Transaction& tx, const std::string& device_id, std::int64_t now_ms) {
  return tx
      .query_one<std::int64_t>(
          "select epoch from bed_lease where device_id = :device and expires_ms > :now", device_id,
          now_ms)
      .has_value();
}

bool is_allowed(Transaction& tx, const std::string& device_id, const std::string& spki) {
  return tx
      .query_one<std::int64_t>(
          "select c.paired_ms from bed_credential c join device d on d.id = c.device_id "
          "where c.spki_sha256 = :spki and c.device_id = :device and c.revoked_ms is null "
          "and d.status = 'active' "
          "and d.version = (select max(e.version) from device e where e.id = d.id)",
          spki, device_id)
      .has_value();
}

void allow_key(Transaction& tx, const std::string& device_id, const std::string& spki,
               const std::string& certificate_pem, std::int64_t now_ms) {
  tx.execute(
      "insert into bed_credential (device_id, spki_sha256, certificate_pem, paired_ms) "
      "values (:device, :spki, :pem, :now)",
      device_id, spki, certificate_pem, now_ms);
}

std::int64_t revoke_keys(Transaction& tx, const std::string& device_id, std::int64_t now_ms) {
  return tx.execute(
      "update bed_credential set revoked_ms = :now where device_id = :device and "
      "revoked_ms is null",
      now_ms, device_id);
}

std::int64_t revoke_keys_before(Transaction& tx, const std::string& device_id,
                                const std::string& spki, std::int64_t now_ms) {
  return tx.execute(
      "update bed_credential set revoked_ms = :now where device_id = :device and "
      "revoked_ms is null and paired_ms < (select c.paired_ms from bed_credential c "
      "where c.spki_sha256 = :spki)",
      now_ms, device_id, spki);
}

std::vector<std::string> certificates_of(Transaction& tx, const std::string& device_id) {
  std::vector<std::string> certificates;
  for (auto& [pem] :
       tx.query<std::string>("select certificate_pem from bed_credential where device_id = :device "
                             "order by paired_ms desc",
                             device_id))
    certificates.push_back(std::move(pem));
  return certificates;
}

}  // namespace facet::beds
