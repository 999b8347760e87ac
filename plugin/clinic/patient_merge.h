// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <map>

#include "clinic/patient.h"
#include "storage/act.h"

namespace facet::clinic {

/// A condition for Records::where on tables with a patient_id: the records of a patient and of
/// those merged into them. It takes the patient's id twice.
inline constexpr const char* of_same_person =
    "patient_id in (select :patient union all "
    "select source_id from patient_merge where target_id = :merged_into)";

/// A patient's id and those merged into it. Threads: safe.
std::vector<std::string> same_person(storage::Act& act, const std::string& patient_id);

/// Every merge into the patients whose ids lie from `first` to `last`, by the target's id.
std::multimap<std::string, std::string> merged_into(storage::Act& act, const std::string& first,
                                                    const std::string& last);

/// Makes `source` the same person as `target`: the source becomes inactive and points at the
/// target. Their rows stay where they are; searches by the target find both. Both get a new
/// version. Errors: denied; not_found; invalid, no reason or one record twice; conflict, one of
/// them is merged already, or the source has records merged into it.
base::Result<Patient> merge_patients(storage::Act& act, const std::string& target_id,
                                     const std::string& source_id);

/// Takes that back: the source is as active as it was before.
/// Errors: as above; conflict as well if a number of the source is another active patient's by now.
base::Result<Patient> unmerge_patients(storage::Act& act, const std::string& target_id,
                                       const std::string& source_id);

}  // namespace facet::clinic
