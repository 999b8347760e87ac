// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/database.h"
#include "storage/patient_cipher.h"

namespace facet::storage {

/// Puts a new clinic key in the place of the old one while others read and write. Each step is
/// durable by itself: a program that dies between two steps or inside one leaves a clinic that opens
/// and reads everything, and the next rotation finishes this one.
///   1. the new key's file is made      4. the old key is taken off the database's list, which
///   2. the database lists it              refuses that while a row names it
///   3. rows are wrapped again, `batch` a step   5. the new file takes the old one's place
/// Threads: one.
class KeyRotation {
 public:
  static constexpr std::int64_t batch = 100;

  /// Errors: conflict, a rotation is running; unavailable; unsupported, the keys have no folder.
  static base::Result<KeyRotation> begin(Database& database, const PatientKeys& keys,
                                         std::int64_t now_ms);
  KeyRotation(KeyRotation&&) noexcept;
  ~KeyRotation();

  /// Takes one step; false once the rotation is complete. Errors: unavailable, internal.
  base::Result<bool> step();
  /// Takes all of them.
  base::Status finish();

  std::int64_t patients() const { return patients_; }  // wrapped again so far
  const std::string& key_id() const { return id_; }    // of the new key, from the first step on

 private:
  enum class Stage { make, list, wrap, retire, replace, done };

  KeyRotation(Database& database, const PatientKeys& keys, std::int64_t now_ms, int lock)
      : database_(&database), keys_(keys), now_ms_(now_ms), lock_(lock) {}

  base::Status make();
  base::Status list();
  base::Result<std::int64_t> wrap_batch();
  base::Result<bool> retire();

  Database* database_;
  PatientKeys keys_;
  std::int64_t now_ms_;
  int lock_;
  Stage stage_ = Stage::make;
  std::int64_t patients_ = 0;
  std::string id_;
};

}  // namespace facet::storage
