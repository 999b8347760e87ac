// SPDX-License-Identifier: MPL-2.0
#include "symptoms/observation_service.h"

#include <set>

#include "base/interval.h"
#include "knowledge/body_part.h"
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

/// What an Observation can hold besides its value, and where.
struct Part {
  const char* field;
  const char* name;
  bool (*given)(const Observation&);
};
constexpr Part side{"Observation.bodySite", "side",
                    [](const Observation& o) { return o.side.has_value(); }};
constexpr Part site{"Observation.bodySite", "level",
                    [](const Observation& o) { return o.site.has_value(); }};
constexpr Part region{"Observation.bodySite", "region",
                      [](const Observation& o) { return o.region.has_value(); }};
constexpr Part value{"Observation.valueInteger", "number",
                     [](const Observation& o) { return o.value.has_value(); }};
constexpr Part severity{"Observation.component", "average or worst severity",
                        [](const Observation& o) {
                          return o.severity_average.has_value() || o.severity_worst.has_value();
                        }};
constexpr Part pain{"Observation.component", "pain on pressure",
                    [](const Observation& o) { return o.pain_on_pressure.has_value(); }};
constexpr Part triggers{"Observation.component", "worse or better with", [](const Observation& o) {
                          return o.worse_with.has_value() || o.better_with.has_value();
                        }};
constexpr Part onset{"Observation.extension", "onset",
                     [](const Observation& o) { return o.onset.has_value(); }};

Status has_none_of(const Observation& o, std::initializer_list<Part> parts) {
  for (const auto& part : parts)
    if (part.given(o))
      return invalid(part.field, "\"" + o.code.substr(0, 64) + "\" has no " + part.name + ".");
  return {};
}

Status check_symptom(const knowledge::Catalogue& catalogue, const Observation& o) {
  if (auto ok = check_complaint(catalogue, "Observation", {o.code, o.side, o.region, o.text}); !ok)
    return ok;
  if (auto ok = has_none_of(o, {site, pain}); !ok) return ok;
  return check_range(o, 0, 10);
}

Status check_note(const Observation& o) {
  static const std::set<std::string> kinds{"history", "examination", "assessment",
                                           "plan",    "advice",      "exercises"};
  if (!kinds.contains(o.code))
    return invalid("Observation.code",
                   "Facet does not know the note \"" + o.code.substr(0, 64) + "\".");
  if (!o.text) return invalid("Observation.valueString", "A note needs its text.");
  return has_none_of(o, {side, site, region, value, severity, pain, triggers, onset});
}

Status check_motion(const knowledge::Catalogue& catalogue, const Observation& o) {
  if (!o.site || catalogue.find_level(*o.site) == nullptr)
    return invalid("Observation.bodySite", "Stiffness needs a spinal level, like L4-L5.");
  if (!o.side || (*o.side != "left" && *o.side != "right"))
    return invalid("Observation.bodySite", "Stiffness needs a side, left or right.");
  return check_range(o, 0, 6);
}

Status check_measure(const knowledge::Catalogue& catalogue, const Observation& o) {
  if (auto ok = has_none_of(o, {region, severity, triggers, onset}); !ok) return ok;
  if (o.code == "segmental-motion") return check_motion(catalogue, o);
  if (auto ok = has_none_of(o, {side, site, pain}); !ok) return ok;
  if (o.code == "stress") return check_range(o, 0, 10);
  if (o.code == "body-weight") return check_range(o, 20, 400);
  if (o.code == "body-height") return check_range(o, 50, 250);
  return invalid("Observation.code",
                 "Facet does not know the measure \"" + o.code.substr(0, 64) + "\".");
}

Status check_common(Act& act, const Observation& o) {
  if (o.effective_ms > act.now_ms + base::day_ms)
    return invalid("Observation.effectiveDateTime", "This lies in the future.");
  return check_begun("Observation.extension", o.onset, act.now_ms);
}

auto check_observation(const knowledge::Catalogue& catalogue) {
  return [&catalogue](Act& act, Observation& o) -> Status {
    if (auto ok = check_common(act, o); !ok) return ok;
    if (o.code_system == symptom_system) return check_symptom(catalogue, o);
    if (o.code_system == note_system) return check_note(o);
    return check_measure(catalogue, o);
  };
}

/// What was final when it was signed says from then on that it is no longer what it was.
base::Result<bool> amends(const Observation& before, const Observation& now) {
  const bool was_final = before.status != "registered" && before.status != "preliminary";
  if (was_final && now.status != "amended" && now.status != "corrected")
    return invalid("Observation.status",
                   "This is signed: a new version is amended, corrected or entered-in-error.");
  return true;
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
    : observations(observation_records(), {"Observation",
                                           Permission::read_clinical,
                                           Permission::write_clinical,
                                           check_observation(catalogue),
                                           {},
                                           amends}),
      readings_(observation_records(), {"Observation", Permission::read_clinical,
                                        Permission::record_session, check_reading}) {}

std::vector<std::string> ObservationService::symptom_ids(Act& act,
                                                         const std::string& patient_id) const {
  std::vector<std::string> ids;
  for (auto& observation : observations.records().where(
           act,
           "patient_id = :patient and code_system = :system and code <> :other and "
           "status <> 'entered-in-error'",
           "order by code", patient_id, symptom_system, knowledge::other_symptom_id))
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
