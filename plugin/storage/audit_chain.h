// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/principal.h"
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

struct ChainReport {
  bool valid = true;
  std::int64_t events = 0;
  std::int64_t chains = 0;
  std::string problem;  // the first broken link: chain, number, what is wrong
};

/// The audit trail: rows chained by HMAC-SHA-256, one chain per writer, written in the transaction
/// of what they record. Throws StorageError. Threads: safe.
class AuditChain {
 public:
  explicit AuditChain(const Keys& keys) : key_(keys.audit) {}

  void append(Transaction& tx, const base::Principal& who, const Access& access,
              std::int64_t now_ms) const;
  /// Walks every chain from its first row. Finds a changed, removed, inserted or reordered row; a
  /// cut tail or a missing chain shows only against heads kept elsewhere.
  ChainReport verify(Transaction& tx) const;

 private:
  std::string key_;
};

}  // namespace facet::storage
