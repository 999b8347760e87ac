// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/draft.h"
#include "clinic/record_service.h"
#include "clinic/visit.h"

namespace facet::clinic {

/// Drafts of visits: one a visit and author, whom alone it shows itself to. Threads: safe.
class DraftService {
 public:
  explicit DraftService(const RecordService<Encounter>& encounters) : encounters_(encounters) {}

  /// Writes the draft over the one before; with `if_match`, the moment of that one, only if it is
  /// still there. Errors: denied; invalid, see read_visit_bundle, or no patient; conflict.
  base::Result<Draft> save(storage::Act& act, const std::string& encounter_id,
                           std::string_view bundle, std::optional<std::int64_t> if_match) const;
  /// Errors: denied, not_found.
  base::Result<Draft> find(storage::Act& act, const std::string& encounter_id) const;
  base::Status remove(storage::Act& act, const std::string& encounter_id) const;
  /// Errors: denied.
  base::Result<std::vector<Draft>> list(storage::Act& act,
                                        const std::optional<std::string>& patient_id) const;

  /// The transaction that signs the visit: the draft, with the visit finished. What becomes of the
  /// draft is the caller's. Errors: denied, not_found; invalid, no visit to sign.
  base::Result<base::Json> to_sign(storage::Act& act, const std::string& encounter_id) const;

 private:
  const RecordService<Encounter>& encounters_;
};

}  // namespace facet::clinic
