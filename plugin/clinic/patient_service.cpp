// SPDX-License-Identifier: MPL-2.0
#include "clinic/patient_service.h"

#include "base/interval.h"
#include "clinic/names_fhir.h"
#include "clinic/patient_store.h"

namespace facet::clinic {
namespace {

using base::Status;
using storage::Act;

/// Every patient has a data key before anything is sealed.
Status prepare(Act& act, Patient& patient) {
  if (!patient_exists(act, patient.id)) act.keys.create(act.tx, patient.id, act.now_ms);
  const auto today = base::instant_text(act.now_ms).substr(0, 10);
  if (patient.birth_date && *patient.birth_date > today.substr(0, patient.birth_date->size()))
    return base::invalid("Patient.birthDate", "This lies in the future.");
  if (patient.deceased_ms && *patient.deceased_ms > act.now_ms + base::minute_ms)
    return base::invalid("Patient.deceasedDateTime", "This lies in the future.");
  return {};
}

Status follow(Act& act, const Patient& patient, bool) {
  index_name(act, patient);
  return {};
}

}  // namespace

bool patient_exists(Act& act, const std::string& patient_id) {
  return act.tx.query_one<std::string>(
                   "select patient_id from patient_key where patient_id = :patient", patient_id)
      .has_value();
}

std::string display_name(const Patient& patient) {
  return patient.names ? display_name(base::Json::parse(*patient.names)) : "";
}

std::optional<int> age_at(const Patient& patient, std::int64_t at_ms) {
  if (!patient.birth_date) return {};
  const auto born = base::parse_date(*patient.birth_date);
  const auto day = base::parse_date(base::instant_text(at_ms).substr(0, 10));
  if (!born || !day) return {};
  return base::age_years(*born, *day);
}

PatientService::PatientService()
    : patients(patient_records(), {"Patient", Permission::read_identity, Permission::write_identity,
                                   prepare, follow}) {}

base::Result<std::vector<Patient>> PatientService::search(Act& act, std::string_view typed,
                                                          int limit) const {
  if (typed.empty()) return patients.list(act, "1 = 1", "order by id limit :most", limit);
  if (!may(act.who, Permission::read_identity))
    return patients.list(act, "1 = 0", "");  // refused and audited there
  std::vector<Patient> found;
  for (const auto& id : find_by_name(act, typed, limit))
    if (auto patient = patients.records().current(act, id)) {
      act.touch_list("Patient", id);
      found.push_back(std::move(*patient));
    }
  if (found.empty()) act.touch('R', "Patient", "", {});
  return found;
}

}  // namespace facet::clinic
