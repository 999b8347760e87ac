// SPDX-License-Identifier: MPL-2.0
#include "symptoms/observation_service.h"

#include <algorithm>

#include "base/interval.h"
#include "knowledge/terms.h"
#include "symptoms/observation_store.h"

namespace facet::symptoms {
namespace {

using base::invalid;
using base::Status;
using clinic::Permission;
using storage::Act;

Status check_range(const Observation& o, std::int64_t min, std::int64_t max) {
  if (o.value && *o.value >= min && *o.value <= max) return {};
  return invalid("Observation.valueInteger", "This must be a whole number from " +
                                                 std::to_string(min) + " to " +
                                                 std::to_string(max) + ".");
}

Status check_symptom(const knowledge::Catalogue& catalogue, const Observation& o) {
  const auto* symptom = catalogue.find_symptom(o.code);
  if (symptom == nullptr)
    return invalid("Observation.code", "The catalogue has no symptom \"" + o.code.substr(0, 64) + "\".");
  const auto& sides = symptom->laterality;
  // What can be midline need not be given a side; an elbow must be the left, the right or both.
  const bool needed = !sides.empty() && std::find(sides.begin(), sides.end(),
                                                  knowledge::Laterality::midline) == sides.end();
  if (needed && !o.side) return invalid("Observation.bodySite", "This symptom needs its side.");
  if (sides.empty() && o.side) return invalid("Observation.bodySite", "This symptom has no side.");
  if (o.side && std::none_of(sides.begin(), sides.end(),
                             [&](auto side) { return knowledge::code_of(side) == *o.side; }))
    return invalid("Observation.bodySite", "This symptom cannot be on that side.");
  if (o.site) return invalid("Observation.bodySite", "A symptom has a side, not a level.");
  return check_range(o, symptom->severity.min, symptom->severity.max);
}

Status check_motion(const knowledge::Catalogue& catalogue, const Observation& o) {
  if (!o.site || catalogue.find_level(*o.site) == nullptr)
    return invalid("Observation.bodySite", "Stiffness needs a spinal level, like L4-L5.");
  if (!o.side) return invalid("Observation.bodySite", "Stiffness needs a side.");
  return check_range(o, 0, 6);
}

Status check_measure(const knowledge::Catalogue& catalogue, const Observation& o) {
  if (o.code == "segmental-motion") return check_motion(catalogue, o);
  if (o.side || o.site || o.pain_on_pressure)
    return invalid("Observation.bodySite", "This measure has no side and no level.");
  if (o.code == "stress") return check_range(o, 0, 10);
  if (o.code == "body-weight") return check_range(o, 20, 400);
  if (o.code == "body-height") return check_range(o, 50, 250);
  return invalid("Observation.code", "Facet does not know the measure \"" + o.code.substr(0, 64) + "\".");
}

Status check_common(Act& act, const Observation& o) {
  if (o.effective_ms > act.now_ms + base::day_ms)
    return invalid("Observation.effectiveDateTime", "This lies in the future.");
  return {};
}

auto check_observation(const knowledge::Catalogue& catalogue) {
  return [&catalogue](Act& act, Observation& o) -> Status {
    if (auto ok = check_common(act, o); !ok) return ok;
    return o.code_system == symptom_system ? check_symptom(catalogue, o)
                                           : check_measure(catalogue, o);
  };
}

Status check_reading(Act& act, Observation& o) {
  if (o.code != "tension-before" && o.code != "tension-after")
    return invalid("Observation.code", "A bed reports tension before and after.");
  if (!o.site || !knowledge::from_code<knowledge::BedZone>(*o.site))
    return invalid("Observation.bodySite", "A bed reading needs one of the six zones.");
  if (auto ok = check_common(act, o); !ok) return ok;
  return check_range(o, 0, 1000);
}

}  // namespace

ObservationService::ObservationService(const knowledge::Catalogue& catalogue)
    : observations(observation_records(), {"Observation", Permission::read_clinical,
                                           Permission::write_clinical,
                                           check_observation(catalogue)}),
      readings_(observation_records(), {"Observation", Permission::read_clinical,
                                        Permission::record_session, check_reading}) {}

std::vector<std::string> ObservationService::symptom_ids(Act& act,
                                                         const std::string& patient_id) const {
  std::vector<std::string> ids;
  for (auto& observation : observations.records().where(
           act, "patient_id = :patient and code_system = :system and status <> 'entered-in-error'",
           "order by code", patient_id, symptom_system))
    if (ids.empty() || ids.back() != observation.code) ids.push_back(std::move(observation.code));
  return ids;
}

std::optional<std::int64_t> ObservationService::latest(Act& act, const std::string& patient_id,
                                                       const std::string& measure) const {
  const auto found = observations.records().where(
      act,
      "patient_id = :patient and code_system = :system and code = :code and "
      "status <> 'entered-in-error'",
      "order by effective_ms desc limit 1", patient_id, measure_system, measure);
  return found.empty() ? std::nullopt : found.front().value;
}

base::Result<storage::Stored<Observation>> ObservationService::record_reading(
    Act& act, Observation reading) const {
  return readings_.save(act, std::move(reading));
}

}  // namespace facet::symptoms
