// SPDX-License-Identifier: MPL-2.0
#include "clinic/visit_service.h"

#include "clinic/record_service.h"
#include "clinic/visit_store.h"

namespace facet::clinic {
namespace {

using base::Status;
using storage::Act;

Status check_span(const std::string& field, std::int64_t start_ms,
                  const std::optional<std::int64_t>& end_ms) {
  if (end_ms && *end_ms < start_ms) return base::invalid(field, "The end is before the start.");
  return {};
}

Status check_episode(Act&, EpisodeOfCare& episode) {
  return check_span("EpisodeOfCare.period", episode.start_ms, episode.end_ms);
}

Status check_encounter(Act& act, Encounter& encounter) {
  if (encounter.episode_id) {
    const auto episode = episode_records()->current(act, *encounter.episode_id);
    if (!episode || episode->patient_id != encounter.patient_id)
      return base::invalid("Encounter.episodeOfCare",
                           "This patient has no episode of care with this id.");
  }
  return check_span("Encounter.period", encounter.start_ms, encounter.end_ms);
}

}  // namespace

bool has_visit(Act& act, const std::string& patient_id, const std::string& encounter_id) {
  const auto visit = encounter_records()->current(act, encounter_id);
  return visit && visit->patient_id == patient_id;
}

VisitService::VisitService()
    : episodes(episode_records(), {"EpisodeOfCare", Permission::read_clinical,
                                   Permission::write_clinical, check_episode}),
      encounters(encounter_records(), {"Encounter", Permission::read_clinical,
                                       Permission::write_clinical, check_encounter}) {}

}  // namespace facet::clinic
