// SPDX-License-Identifier: MPL-2.0
#include "symptoms/clinician.h"

#include "base/time_text.h"

namespace facet::symptoms {
namespace {

using storage::Act;

std::string day_of(std::int64_t ms) { return base::instant_text(ms).substr(0, 10); }

std::string role_of(Act& act, const std::string& practitioner_id) {
  const auto row = act.tx.query_one<std::string>(
      "select code from practitioner_role x where practitioner_id = :practitioner and active = 1 and "
      "coalesce(start_ms, 0) <= :now and coalesce(end_ms, 9223372036854775807) > :again and "
      "version = (select max(version) from practitioner_role y where y.id = x.id) "
      "order by id limit 1",
      practitioner_id, act.now_ms, act.now_ms);
  return row ? std::get<0>(*row) : "physiotherapist";
}

}  // namespace

base::Result<Registration> registration_of(Act& act,
                                           const clinic::PractitionerService& practitioners,
                                           const std::string& practitioner_id,
                                           const std::string& field) {
  if (practitioner_id != act.who.user_id)
    return base::invalid(field, "This is recorded by the clinician who decides it, logged in as "
                                "themselves.");
  const auto found = practitioners.practitioners.records().current(act, practitioner_id);
  if (!found || !clinic::registered_on(*found, day_of(act.now_ms)))
    return base::invalid(field, "The clinician needs a registration that holds today.");
  return Registration{role_of(act, practitioner_id), *found->regulator,
                      *found->registration_number, *found->registration_expires};
}

bool stands(Act& act, const clinic::PractitionerService& practitioners,
            const std::string& practitioner_id, const std::string& expires, std::int64_t at_ms) {
  if (day_of(at_ms) > expires) return false;
  const auto found = practitioners.practitioners.records().current(act, practitioner_id);
  return found && clinic::registered_on(*found, day_of(act.now_ms));
}

}  // namespace facet::symptoms
