// SPDX-License-Identifier: MPL-2.0
#include "clinic/practitioner_service.h"

#include "base/time_text.h"
#include "clinic/places_store.h"
#include "clinic/practitioner_store.h"

namespace facet::clinic {
namespace {

base::Status check(storage::Act&, Practitioner& practitioner) {
  const bool any = practitioner.regulator || practitioner.registration_number ||
                   practitioner.registration_expires;
  const bool all = practitioner.regulator && practitioner.registration_number &&
                   practitioner.registration_expires;
  if (any != all)
    return base::invalid("Practitioner.qualification",
                         "A registration needs its regulator, number and expiry.");
  return {};
}

base::Status check_role(storage::Act& act, PractitionerRole& role) {
  if (!practitioner_records()->current(act, role.practitioner_id))
    return base::invalid("PractitionerRole.practitioner", "There is no practitioner with this id.");
  if (!organization_records()->current(act, role.organization_id))
    return base::invalid("PractitionerRole.organization", "There is no organisation with this id.");
  if (role.location_id && !location_records()->current(act, *role.location_id))
    return base::invalid("PractitionerRole.location", "There is no place with this id.");
  return {};
}

}  // namespace

bool registered_on(const Practitioner& practitioner, const std::string& day) {
  return practitioner.active && practitioner.regulator && practitioner.registration_number &&
         practitioner.registration_expires && day <= *practitioner.registration_expires;
}

PractitionerService::PractitionerService()
    : practitioners(practitioner_records(),
                    {"Practitioner", Permission::read_clinic, Permission::manage_clinic, check}),
      roles(practitioner_role_records(),
            {"PractitionerRole", Permission::read_clinic, Permission::manage_clinic, check_role}) {}

}  // namespace facet::clinic
