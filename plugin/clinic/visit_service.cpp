// SPDX-License-Identifier: MPL-2.0
#include "clinic/visit_service.h"

#include "base/interval.h"
#include "base/json.h"
#include "clinic/practitioner_store.h"
#include "clinic/visit_store.h"

namespace facet::clinic {
namespace {

using base::invalid;
using base::Status;
using storage::Act;

/// What a clock that runs ahead is forgiven.
constexpr std::int64_t slack_ms = base::hour_ms;

Status check_span(const std::string& field, std::int64_t start_ms,
                  const std::optional<std::int64_t>& end_ms) {
  if (end_ms && *end_ms < start_ms) return invalid(field, "The end is before the start.");
  return {};
}

/// What is over has happened.
Status check_past(const Act& act, const std::string& field, std::int64_t start_ms,
                  const std::optional<std::int64_t>& end_ms) {
  if (std::max(start_ms, end_ms.value_or(start_ms)) > act.now_ms + slack_ms)
    return invalid(field, "What is finished cannot lie in the future.");
  return {};
}

/// A day that has begun somewhere on earth.
bool has_begun(const Act& act, const std::string& date) {
  const auto latest = base::instant_text(act.now_ms + 14 * base::hour_ms);
  return date <= latest.substr(0, date.size());
}

Status check_episode(Act& act, EpisodeOfCare& episode) {
  if (auto ok = check_span("EpisodeOfCare.period", episode.start_ms, episode.end_ms); !ok)
    return ok;
  const bool finished = episode.status == "finished";
  if (finished && !episode.end_ms)
    return invalid("EpisodeOfCare.period", "A finished course of care needs its end.");
  if (finished)
    if (auto ok = check_past(act, "EpisodeOfCare.period", episode.start_ms, episode.end_ms); !ok)
      return ok;
  if (episode.discharge && !episode.closed())
    return invalid("EpisodeOfCare.extension",
                   "Only a course of care that is over has a discharge.");
  if (episode.discharge && !has_begun(act, discharge_of(*episode.discharge).date))
    return invalid("EpisodeOfCare.extension", "The day of discharge lies in the future.");
  return {};
}

Status check_course(Act& act, const Encounter& encounter, bool is_new) {
  if (!encounter.episode_id) return {};
  static const auto episodes = episode_records();
  const auto episode = episodes->current(act, *encounter.episode_id);
  if (!episode || episode->patient_id != encounter.patient_id)
    return invalid("Encounter.episodeOfCare", "This patient has no episode of care with this id.");
  if (is_new && episode->closed())
    return invalid("Encounter.episodeOfCare",
                   "This course of care is over and takes no new visits.");
  return {};
}

Status check_participant(Act& act, const Encounter& encounter) {
  if (!encounter.practitioner_id) {
    if (encounter.status != "finished") return {};
    return invalid("Encounter.participant",
                   "A visit is signed with the practitioner who saw the patient.");
  }
  static const auto practitioners = practitioner_records();
  if (practitioners->current(act, *encounter.practitioner_id)) return {};
  return invalid("Encounter.participant", "There is no practitioner with this id.");
}

/// A signature is not taken off again; a visit that was taken back stays so.
Status check_status(const Encounter& before, const Encounter& now) {
  if (before.status == "entered-in-error" && now.status != before.status)
    return invalid("Encounter.status", "This visit was entered in error, and stays so.");
  if (before.status == "finished" && now.status != "finished" && now.status != "entered-in-error")
    return invalid("Encounter.status",
                   "This visit is signed: it can be amended, or taken back as entered-in-error.");
  return {};
}

Status check_encounter(Act& act, Encounter& encounter) {
  static const auto encounters = encounter_records();
  hold_visit_alone(act, encounter.id);
  const auto before = encounters->current(act, encounter.id);
  if (before)
    if (auto ok = check_status(*before, encounter); !ok) return ok;
  const bool joins = !before || before->episode_id != encounter.episode_id;
  if (auto ok = check_course(act, encounter, joins); !ok) return ok;
  if (auto ok = check_participant(act, encounter); !ok) return ok;
  if (encounter.status == "finished")
    if (auto ok = check_past(act, "Encounter.period", encounter.start_ms, encounter.end_ms); !ok)
      return ok;
  return check_span("Encounter.period", encounter.start_ms, encounter.end_ms);
}

}  // namespace

std::string discharge_text(const Discharge& discharge) {
  return base::Json{{"date", discharge.date}, {"summary", discharge.summary}}.dump();
}

Discharge discharge_of(const std::string& text) {
  const auto json = base::Json::parse(text);
  return {json["date"].get<std::string>(), json["summary"].get<std::string>()};
}

VisitService::VisitService()
    : episodes(episode_records(), {"EpisodeOfCare", Permission::read_clinical,
                                   Permission::write_clinical, check_episode}),
      encounters(encounter_records(),
                 {"Encounter", Permission::read_clinical, Permission::write_clinical,
                  check_encounter, [this](Act& act, const Encounter* before, const Encounter& now) {
                    return follow(act, before, now);
                  }}) {}

Status VisitService::follow(Act& act, const Encounter* before, const Encounter& now) const {
  const bool was_signed = before != nullptr && before->status == "finished";
  const bool taken_back = before != nullptr && before->status == "entered-in-error";
  if (taken_back)
    return invalid("Encounter.status", "This visit was entered in error, and stays as it is.");
  const auto written = [&](Change change) {
    return Written{"Encounter", now.id, now.version.number, now.patient_id, change};
  };
  if (now.status == "finished" && !was_signed) {
    leave_provenance(act, written(Change::creates), "sign");
    return {};
  }
  if (before == nullptr) return {};
  if (entered_in_error(now))
    for (const auto& take_back : held_) take_back(act, now);
  return keep_visit(act, now.id, {before->patient_id, before->status},
                    written(entered_in_error(now) ? Change::takes_back : Change::amends));
}

}  // namespace facet::clinic
