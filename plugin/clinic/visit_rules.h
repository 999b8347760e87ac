// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/provenance.h"
#include "storage/act.h"

namespace facet::clinic {

/// A visit's status says what may become of its records:
///   finished: it is signed. A changed record is an amendment, a new one an addendum; each says why,
///     and leaves its provenance. What is recorded in the act that signs goes with the signature.
///   entered-in-error: it is taken back. Its records can be taken back as well, and nothing else.
///   any other: it is open, and its records with it; a reason that is given is kept all the same.
struct Visit {
  std::string patient_id;
  std::string status;

  bool is_signed() const { return status == "finished"; }
  bool taken_back() const { return status == "entered-in-error"; }
};

/// Throws StorageError. The visit as it stands now, if the id is known.
std::optional<Visit> find_visit(storage::Act& act, const std::string& encounter_id);

/// What a new version does to its record.
enum class Change {
  creates,
  amends,
  goes_on,  // what becomes of a thing after the visit, such as a problem that is resolved
  takes_back
};

/// A version that was written just now.
struct Written {
  std::string type;  // FHIR
  std::string id;
  std::int64_t version;
  std::string patient_id;
  Change change;
};

/// Lets a version of a record of this visit pass, or not, and leaves its provenance.
/// Errors: invalid, the visit is taken back, or is signed and nobody said why.
base::Status keep_visit(storage::Act& act, const std::string& encounter_id, const Visit& visit,
                        const Written& written);

/// Leaves the provenance of a version: Act::who, Act::now_ms, Act::reason. Not authorised: it is part
/// of the write that it tells of.
void leave_provenance(storage::Act& act, const Written& written, const std::string& activity);

/// The same for what needs a reason. Errors: invalid, nobody said why.
base::Status leave_reason(storage::Act& act, const Written& written, const std::string& activity);

}  // namespace facet::clinic
