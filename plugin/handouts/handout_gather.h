// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/patient_service.h"
#include "clinic/places_service.h"
#include "clinic/practitioner_service.h"
#include "clinic/related_person_service.h"
#include "clinic/visit_service.h"
#include "handouts/handout_input.h"
#include "orders/order_service.h"
#include "scheduling/booking_service.h"
#include "symptoms/observation_service.h"

namespace facet::handouts {

/// Where the record is read from; all must outlive whoever holds this.
struct RecordSources {
  const clinic::PatientService& patients;
  const clinic::PractitionerService& practitioners;
  const clinic::PlacesService& places;
  const clinic::VisitService& visits;
  const clinic::RelatedPersonService& related_persons;
  const symptoms::ObservationService& observations;
  const orders::OrderService& orders;
  const scheduling::BookingService& bookings;
};

/// A language of a patient, as it was recorded.
struct SpokenLanguage {
  std::string code;  // BCP 47
  std::string name;  // the code, where no name was recorded
};

/// What the record says for a handout; its language, track and number are the caller's.
struct Gathered {
  HandoutInput input;
  std::optional<SpokenLanguage> preferred;
  bool large_print = false;  // is what this patient reads
};

/// Everything for one patient and the records merged into theirs, as of the act's snapshot.
/// `clinic_name` is what is printed; `recipient_id` is the RelatedPerson who takes it, if any. The
/// reading is authorised and audited. Errors: denied; not_found; invalid, no such person of this
/// patient.
base::Result<Gathered> gather(storage::Act& act, const RecordSources& sources,
                              const std::string& clinic_name, const std::string& patient_id,
                              const std::optional<std::string>& recipient_id);

/// What a sheet for nobody in particular says: the clinic, whom to call, the day. Errors: denied.
base::Result<HandoutInput> gather_general(storage::Act& act, const RecordSources& sources,
                                          const std::string& clinic_name);

}  // namespace facet::handouts
