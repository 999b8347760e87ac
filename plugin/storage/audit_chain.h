// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <atomic>

#include "base/principal.h"
#include "storage/audit_verifier.h"
#include "storage/keys.h"
#include "storage/transaction.h"

namespace facet::storage {

/// One thing that was done, or refused, with which data. FHIR R4 AuditEvent's action and outcome.
struct Access {
  char action = 'R';                     // C create, R read, U update, D delete, E execute
  std::string type;                      // resource type, e.g. "Observation"
  std::string id;                        // empty for a list
  std::vector<std::string> patient_ids;  // everybody whose data it touched
  std::string outcome = "0";             // 0 success, 4 refused, 8 failed
  std::string reason;                    // why refused; never patient data
};

/// The audit trail: rows chained by HMAC-SHA-256, one chain per writer, written in the transaction
/// of what they record. Throws StorageError. Threads: safe.
class AuditChain {
 public:
  explicit AuditChain(const Keys& keys) : key_(keys.audit), seal_(keys.audit) {}

  /// One event for each access, in order.
  void append(Transaction& tx, const base::Principal& who, std::span<const Access> accesses,
              std::int64_t now_ms) const;
  void append(Transaction& tx, const base::Principal& who, const Access& access,
              std::int64_t now_ms) const {
    append(tx, who, std::span(&access, 1), now_ms);
  }

  /// Walks every chain from its first row, and compares it with heads kept elsewhere. `place` as in
  /// AuditVerifier.
  ChainReport verify(Transaction& tx, HeadSet heads = {}, const std::string& place = {}) const;

  /// Events that this program has appended, about: some may have been rolled back.
  std::int64_t appended() const { return appended_; }

 private:
  std::string key_;
  AuditSeal seal_;
  mutable std::atomic<std::int64_t> appended_{0};
};

/// The rows of the trail, chain by chain in order of number.
void each_audit_row(Transaction& tx, const std::function<void(const AuditRow&)>& on_row);

/// The last event of every chain.
std::vector<Head> audit_heads(Transaction& tx);

}  // namespace facet::storage
