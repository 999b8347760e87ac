// SPDX-License-Identifier: MPL-2.0
#include "storage/key_ring.h"

#include "storage/digest.h"
#include "storage/sealing.h"

namespace facet::storage {
namespace {

using base::ErrorCode;

/// Tells keys apart without telling anything about them.
std::string id_of(const std::string& key) {
  return key.empty() ? std::string() : digest_hex(key).substr(0, 16);
}

std::string place_of(const std::string& patient_id) {
  return "patient_key/" + patient_id;
}

}  // namespace

KeyRing::KeyRing(const Keys& keys) : folder_(keys.folder) {
  fill(keys);
}

void KeyRing::fill(const Keys& keys) {
  clinic_id_ = id_of(keys.clinic);
  next_id_ = id_of(keys.clinic_next);
  keys_ = {{clinic_id_, keys.clinic}};
  if (!next_id_.empty()) keys_.emplace(next_id_, keys.clinic_next);
}

base::Status KeyRing::reload() {
  auto keys = load_keys(folder_);
  if (!keys) return base::pass(keys);
  const std::lock_guard lock(mutex_);
  fill(*keys);
  return {};
}

std::string KeyRing::next_id() const {
  const std::lock_guard lock(mutex_);
  return next_id_;
}

std::string KeyRing::key(const std::string& id) {
  for (const bool last : {folder_.empty(), true}) {
    {
      const std::lock_guard lock(mutex_);
      if (const auto found = keys_.find(id); found != keys_.end()) return found->second;
    }
    if (last) break;
    if (auto loaded = reload(); !loaded)
      throw StorageError(ErrorCode::unavailable, loaded.error().message);
  }
  // Tried again: a reader may see the rows of before a rotation that has just ended.
  throw StorageError(ErrorCode::internal,
                     "patients' keys are wrapped by the clinic key " + id +
                         ", which is not in DIR/keys: put its file there",
                     true);
}

std::string KeyRing::newest(Transaction& tx, std::int64_t now_ms) {
  // PostgreSQL: nobody takes the key off before the row that names it is committed.
  const bool locks = tx.dialect() == Dialect::postgresql;
  const auto row = tx.query_one<std::string>(
      locks ? "select id from clinic_key order by created_ms desc limit 1 for key share"
            : "select id from clinic_key order by created_ms desc limit 1");
  if (row) return std::get<0>(*row);
  std::string id;
  {
    const std::lock_guard lock(mutex_);
    id = clinic_id_;
  }
  const auto rows = tx.execute(
      "insert into clinic_key (id, created_ms) select cast(:id as text), cast(:now as bigint) "
      "where not exists (select 1 from clinic_key) on conflict (id) do nothing",
      id, now_ms);
  if (rows != 1) throw StorageError(ErrorCode::unavailable, "the clinic key changes now", true);
  return id;
}

std::string KeyRing::wrap(const std::string& id, std::string_view data_key,
                          const std::string& patient_id) {
  return seal(key(id), data_key, place_of(patient_id));
}

std::string KeyRing::unwrap(const std::string& id, std::string_view wrapped,
                            const std::string& patient_id) {
  auto data_key = unseal(key(id), wrapped, place_of(patient_id));
  if (!data_key)
    throw StorageError(ErrorCode::internal, "a patient's key does not open: it was altered");
  return std::move(*data_key);
}

}  // namespace facet::storage
