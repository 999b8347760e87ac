// SPDX-License-Identifier: MPL-2.0
#include "clinic/patient_service.h"

#include "base/interval.h"
#include "clinic/names_fhir.h"
#include "clinic/patient_index.h"
#include "clinic/patient_merge.h"
#include "clinic/patient_store.h"

namespace facet::clinic {
namespace {

using base::Status;
using storage::Act;

/// Merging is an act of its own: what a client sends must be as that left it.
Status check_links(Act& act, const Patient& patient) {
  if (patient.replaced_by_id && patient.active)
    return base::invalid("Patient.active", "This record is merged into Patient/" +
                                               *patient.replaced_by_id + "; un-merge it first.");
  if (!patient.links) return {};
  std::vector<PatientLink> links;
  if (patient.replaced_by_id) links.push_back({*patient.replaced_by_id, "replaced-by"});
  for (const auto& [target, source] : merged_into(act, patient.id, patient.id))
    links.push_back({source, "replaces"});
  if (links == *patient.links) return {};
  return base::invalid("Patient.link", "Records are merged with Patient/id/$merge.");
}

/// Every patient has a data key before anything is sealed.
Status prepare(Act& act, Patient& patient) {
  if (!patient_exists(act, patient.id)) act.create_cipher(patient.id);
  if (const auto before = patient_records()->current(act, patient.id))
    patient.replaced_by_id = before->replaced_by_id;
  const auto today = base::instant_text(act.now_ms).substr(0, 10);
  if (patient.birth_date && *patient.birth_date > today.substr(0, patient.birth_date->size()))
    return base::invalid("Patient.birthDate", "This lies in the future.");
  if (patient.deceased_ms && *patient.deceased_ms > act.now_ms + base::minute_ms)
    return base::invalid("Patient.deceasedDateTime", "This lies in the future.");
  if (patient.deceased_ms && patient.birth_date &&
      base::instant_text(*patient.deceased_ms).substr(0, patient.birth_date->size()) <
          *patient.birth_date)
    return base::invalid("Patient.deceasedDateTime", "This is before the birth date.");
  return check_links(act, patient);
}

Status follow(Act& act, const Patient*, const Patient& patient) {
  return index_patient(act, patient);
}

}  // namespace

bool patient_exists(Act& act, const std::string& patient_id) {
  return !act.cipher(patient_id).erased();
}

rest::SearchParameter by_patient(std::string element) {
  auto parameter = rest::reference_to("Patient", "patient", "patient_id", std::move(element));
  parameter.also = "select source_id from patient_merge where target_id = ";
  return parameter;
}

std::string display_name(const Patient& patient) {
  return patient.names ? display_name(base::Json::parse(*patient.names)) : "";
}

bool is_deceased(const Patient& patient) {
  return patient.deceased_ms || patient.deceased.value_or(false);
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

base::Result<Listed<Patient>> PatientService::search(Act& act,
                                                     const rest::SearchQuery& query) const {
  if (auto ok = patients.may_list(act); !ok) return base::pass(ok);
  auto others = rest::conditions_of({}, query);
  if (!others) return base::pass(others);
  auto found = find_in_index(act, patients.records(), query, std::move(*others));
  if (!found) return base::pass(found);
  if (!*found) return patients.search(act, {}, query);
  Listed<Patient> listed{std::move(**found), {}};
  if (listed.records.size() > static_cast<std::size_t>(query.count)) {
    listed.records.pop_back();
    listed.next =
        rest::Cursor{query.after ? query.after->as_of_ms : act.now_ms, 0, listed.records.back().id};
  }
  patients.touch_all(act, listed.records);
  return listed;
}

}  // namespace facet::clinic
