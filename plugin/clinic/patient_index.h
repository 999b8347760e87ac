// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/patient.h"
#include "rest/search.h"

namespace facet::clinic {

/// Replaces what a patient is found by: the prefixes of names, and identifiers, telephone numbers
/// and the birth date as whole values. All are keyed hashes. Errors: conflict, another active
/// patient has a national number of theirs.
base::Status index_patient(storage::Act& act, const Patient& patient);

/// The parameters that this index answers: name, identifier, phone, birthdate.
std::vector<rest::SearchParameter> index_parameters();

/// Patients who match every one of these parameters of a query, and `others` (conditions on their
/// columns), after query.after in the order of their ids; one more than query.count if there are
/// more. Nothing if the query has none of these parameters. Errors: invalid.
base::Result<std::optional<std::vector<Patient>>> find_in_index(
    storage::Act& act, const storage::Records<Patient>& records, const rest::SearchQuery& query,
    rest::Conditions others);

}  // namespace facet::clinic
