// SPDX-License-Identifier: MPL-2.0
#include "clinic/related_person_service.h"

#include "clinic/related_person_store.h"

namespace facet::clinic {

bool decides_at(const RelatedPerson& person, std::int64_t at_ms) {
  return person.active && (person.relationship == "guardian" || person.relationship == "proxy") &&
         (!person.start_ms || *person.start_ms <= at_ms) &&
         (!person.end_ms || at_ms < *person.end_ms);
}

RelatedPersonService::RelatedPersonService()
    : persons(related_person_records(),
              {"RelatedPerson", Permission::read_identity, Permission::write_identity}) {}

}  // namespace facet::clinic
