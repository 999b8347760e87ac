// SPDX-License-Identifier: MPL-2.0
#include "orders/order_service.h"

#include "base/interval.h"
#include "base/time_text.h"
#include "knowledge/catalogue.h"
#include "orders/order_store.h"
#include "symptoms/clinician.h"

namespace facet::orders {
namespace {

using base::invalid;
using base::Status;
using clinic::Permission;
using storage::Act;

Status copy_registration(Act& act, const clinic::PractitionerService& practitioners,
                         Clearance& clearance) {
  auto registration = symptoms::registration_of(act, practitioners, clearance.assessor_id,
                                                "ClinicalImpression.assessor");
  if (!registration) return base::pass(registration);
  clearance.assessor_role = registration->role;
  clearance.regulator = registration->regulator;
  clearance.registration_number = registration->number;
  clearance.registration_expires = registration->expires;
  return {};
}

bool same_but_status(const Clearance& a, const Clearance& b) {
  return a.patient_id == b.patient_id && a.encounter_id == b.encounter_id &&
         a.assessor_id == b.assessor_id && a.start_ms == b.start_ms && a.end_ms == b.end_ms &&
         a.zones == b.zones && a.max_strength == b.max_strength && a.max_minutes == b.max_minutes &&
         a.summary == b.summary;
}

/// Anybody who may give a clearance may take any back; it keeps what it was.
bool takes_back(const std::optional<Clearance>& before, Clearance& clearance) {
  if (!before || clearance.status != "entered-in-error" || !same_but_status(*before, clearance))
    return false;
  clearance.assessor_role = before->assessor_role;
  clearance.regulator = before->regulator;
  clearance.registration_number = before->registration_number;
  clearance.registration_expires = before->registration_expires;
  return true;
}

Status check_clearance(Act& act, const clinic::PractitionerService& practitioners,
                       Clearance& clearance) {
  const auto before = clearance_records()->current(act, clearance.id);
  if (takes_back(before, clearance)) return {};
  if (auto ok = copy_registration(act, practitioners, clearance); !ok) return ok;
  if (auto zones = zones_of(clearance.zones, "ClinicalImpression.extension"); !zones)
    return base::pass(zones);
  const int most_days = knowledge::catalogue().session_defaults().clearance_valid_days;
  if (clearance.end_ms <= clearance.start_ms ||
      clearance.end_ms - clearance.start_ms > most_days * base::day_ms)
    return invalid("ClinicalImpression.effectivePeriod",
                   "A clearance lasts from its start for at most " + std::to_string(most_days) + " days.");
  const bool starts_anew = !before || before->start_ms != clearance.start_ms;
  if (starts_anew && clearance.start_ms < act.now_ms - base::day_ms)
    return invalid("ClinicalImpression.effectivePeriod",
                   "A clearance is recorded within a day of when it begins.");
  return {};
}

Status check_request(Act& act, const clinic::PractitionerService& practitioners,
                     ServiceRequest& request) {
  if (auto zones = zones_of(request.zones, "ServiceRequest.extension"); !zones)
    return base::pass(zones);
  const auto requester = practitioners.practitioners.records().current(act, request.requester_id);
  if (!requester || !requester->active)
    return invalid("ServiceRequest.requester", "There is no active practitioner with this id.");
  if (request.authored_ms == 0) {  // a retry is the same order, not a younger one
    const auto before = service_request_records()->current(act, request.id);
    request.authored_ms = before ? before->authored_ms : act.now_ms;
  }
  return {};
}

}  // namespace

OrderService::OrderService(const clinic::PractitionerService& practitioners)
    : clearances(clearance_records(),
                 {"ClinicalImpression", Permission::read_clinical, Permission::give_clearance,
                  [&practitioners](Act& act, Clearance& clearance) {
                    return check_clearance(act, practitioners, clearance);
                  }}),
      // Whoever books must see that there is an order; order_fhir.cpp hides its clinical part.
      requests(service_request_records(),
               {"ServiceRequest", Permission::read_diary, Permission::order_bed,
                [&practitioners](Act& act, ServiceRequest& request) {
                  return check_request(act, practitioners, request);
                }}) {}

}  // namespace facet::orders
