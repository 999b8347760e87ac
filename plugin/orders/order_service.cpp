// SPDX-License-Identifier: MPL-2.0
#include "orders/order_service.h"

#include "base/interval.h"
#include "base/time_text.h"
#include "knowledge/catalogue.h"
#include "orders/order_store.h"

namespace facet::orders {
namespace {

using base::invalid;
using base::Status;
using clinic::Permission;
using storage::Act;

Status copy_registration(Act& act, const clinic::PractitionerService& practitioners,
                         Clearance& clearance) {
  if (clearance.assessor_id != act.who.user_id)
    return invalid("ClinicalImpression.assessor",
                   "A clearance is recorded by the clinician who gives it, logged in as themselves.");
  const auto assessor = practitioners.practitioners.records().current(act, clearance.assessor_id);
  if (!assessor || !clinic::registered_on(*assessor, base::instant_text(act.now_ms).substr(0, 10)))
    return invalid("ClinicalImpression.assessor",
                   "The clinician needs a registration that holds today.");
  clearance.assessor_role = "physiotherapist";
  clearance.regulator = *assessor->regulator;
  clearance.registration_number = *assessor->registration_number;
  clearance.registration_expires = *assessor->registration_expires;
  return {};
}

Status check_clearance(Act& act, const clinic::PractitionerService& practitioners,
                       Clearance& clearance) {
  if (auto ok = copy_registration(act, practitioners, clearance); !ok) return ok;
  if (auto zones = zones_of(clearance.zones, "ClinicalImpression.extension"); !zones)
    return base::pass(zones);
  const int most_days = knowledge::catalogue().session_defaults().clearance_valid_days;
  if (clearance.end_ms <= clearance.start_ms ||
      clearance.end_ms - clearance.start_ms > most_days * base::day_ms)
    return invalid("ClinicalImpression.effectivePeriod",
                   "A clearance lasts from its start for at most " + std::to_string(most_days) + " days.");
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
