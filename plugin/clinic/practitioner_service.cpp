// SPDX-License-Identifier: MPL-2.0
#include "clinic/practitioner_service.h"

#include "base/time_text.h"
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

}  // namespace

bool registered_on(const Practitioner& practitioner, const std::string& day) {
  return practitioner.active && practitioner.regulator && practitioner.registration_number &&
         practitioner.registration_expires && day <= *practitioner.registration_expires;
}

PractitionerService::PractitionerService()
    : practitioners(practitioner_records(),
                    {"Practitioner", Permission::read_clinic, Permission::manage_clinic, check}) {}

}  // namespace facet::clinic
