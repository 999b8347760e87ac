// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "beds/procedure_service.h"

namespace facet::beds {

/// Takes what beds report into the record, each event exactly once. Threads: safe.
class JournalService {
 public:
  JournalService(storage::Acts& acts, const ProcedureService& procedures)
      : acts_(acts), procedures_(procedures) {}

  struct Taken {
    std::uint64_t ack_through = 0;  // committed
    bool contradicted = false;      // the bed told something else under a number that was used
  };

  /// One transaction for all: events stored, sessions moved on, and for an end the procedure, its
  /// readings and the fulfilled appointment. Errors: invalid, a result that the bed did not sign or
  /// that is of another order; unavailable.
  base::Result<Taken> take(const std::string& device_id, const std::string& journal_id,
                           const std::vector<bedlink::Event>& events, bool simulated) const;

 private:
  base::Status apply(storage::Act& act, const std::string& device_id, const bedlink::Event& event,
                     bool simulated) const;

  storage::Acts& acts_;
  const ProcedureService& procedures_;
};

/// Who acts for a bed.
base::Principal device_principal(const std::string& device_id);
/// Who signs orders and keeps leases.
base::Principal gateway_principal();

}  // namespace facet::beds
