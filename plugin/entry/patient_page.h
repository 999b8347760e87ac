// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/patient_service.h"
#include "clinic/visit_service.h"
#include "orders/record_gate.h"
#include "rest/router.h"
#include "symptoms/screening_service.h"

namespace facet::entry {

/// What a physiotherapist sees on opening a patient, in one request: `GET /pages/patient/{id}`
/// (JSON, not FHIR: every part of it is also to be had as FHIR). Read in one snapshot, and audited
/// as one reading of the patient's record.
///   patient     name, birth date, age, needs
///   symptoms    each with its side, numbers now, change, trend, nerves, roots, joints, bed,
///   secrets stress      latest, change, trend stiffness   per spinal segment and side: motion,
///   pain on pressure, change since the last visit tension     per bed zone, before and after the
///   last session that reported it screening   when, whether it holds, what blocks and what a
///   clinician lifted, staff notes gate        open or not for the newest active order now, with
///   every reason flags       the active ones visits      the latest ten
class PatientPage {
 public:
  /// What it reads from; all must outlive it.
  struct Needs {
    storage::Acts& acts;
    const clinic::PatientService& patients;
    const clinic::VisitService& visits;
    const symptoms::ObservationService& observations;
    const symptoms::ScreeningService& screening;
    const symptoms::FlagService& flags;
    const orders::OrderService& orders;
    const orders::RecordGate& gate;
  };
  explicit PatientPage(const Needs& needs) : needs_(needs) {}

  void mount(rest::Router& router) const;

  /// Errors: denied; not_found.
  base::Result<base::Json> read(storage::Act& act, const std::string& patient_id) const;

 private:
  base::Json found(storage::Act& act, const std::string& patient_id) const;
  base::Json screening(storage::Act& act, const std::string& patient_id) const;
  base::Json gate(storage::Act& act, const std::string& patient_id) const;
  base::Json flags(storage::Act& act, const std::string& patient_id) const;
  base::Json visits(storage::Act& act, const std::string& patient_id) const;

  Needs needs_;
};

}  // namespace facet::entry
