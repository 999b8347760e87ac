// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/key_ring.h"
#include "storage/transaction.h"

namespace facet::storage {

/// Seals one patient's identity, contact and free text under that patient's own data key.
class PatientCipher {
 public:
  PatientCipher(std::string patient_id, std::optional<std::string> data_key)
      : patient_id_(std::move(patient_id)), data_key_(std::move(data_key)) {}

  /// `place` names table and column, e.g. "patient.name"; the patient's id is bound in as well.
  /// Throws StorageError(conflict) if the patient was erased.
  std::string seal(std::string_view plain, std::string_view place) const;
  std::optional<std::string> seal_optional(const std::optional<std::string>& plain,
                                           std::string_view place) const;

  /// Nothing if the patient was erased. Throws StorageError(internal) if the value was tampered
  /// with.
  std::optional<std::string> unseal(std::string_view sealed, std::string_view place) const;
  std::optional<std::string> unseal_optional(const std::optional<std::string>& sealed,
                                             std::string_view place) const;

  bool erased() const { return !data_key_; }

 private:
  std::string bind(std::string_view place) const;

  std::string patient_id_;
  std::optional<std::string> data_key_;
};

/// Makes, fetches and destroys data keys: random, wrapped by the clinic's key, one row a patient.
/// Copies share one key ring. Threads: safe. Throws StorageError.
class PatientKeys {
 public:
  explicit PatientKeys(const Keys& keys)
      : ring_(std::make_shared<KeyRing>(keys)), index_key_(keys.index) {}

  PatientCipher create(Transaction& tx, const std::string& patient_id, std::int64_t now_ms) const;
  PatientCipher get(Transaction& tx, const std::string& patient_id) const;

  /// Destroys the data key, and with it whatever was sealed under it; the name's tokens go too.
  void erase(Transaction& tx, const std::string& patient_id) const;

  /// Search tokens of a name: a keyed hash of every prefix (1 to 12 characters) of every word,
  /// case and accents folded (Unicode NFKD without marks, case-folded). Nothing can be read back.
  std::vector<std::string> name_tokens(std::string_view name) const;
  /// The tokens that a typed text must all match; empty if nothing searchable was typed.
  std::vector<std::string> typed_tokens(std::string_view typed) const;
  /// The search token of one whole value, such as an identifier; `kind` keeps kinds apart.
  std::string value_token(std::string_view kind, std::string_view value) const;

  KeyRing& ring() const { return *ring_; }

 private:
  std::string token(std::string_view folded) const;

  std::shared_ptr<KeyRing> ring_;
  std::string index_key_;
};

}  // namespace facet::storage
