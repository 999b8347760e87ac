// SPDX-License-Identifier: MPL-2.0
#include "clinic/visit_fhir.h"

namespace facet::clinic {
namespace {

using base::Json;
using base::Result;
using rest::Reader;

/// A Period with its start required.
void read_period(Reader& r, std::int64_t& start_ms, std::optional<std::int64_t>& end_ms) {
  const auto& period = r.element("period");
  const auto moment = [&](const char* name) -> std::optional<std::int64_t> {
    if (!period.is_object() || !period.contains(name) || !period[name].is_string()) return {};
    return base::parse_instant(period[name].get_ref<const std::string&>());
  };
  const auto start = moment("start");
  end_ms = moment("end");
  if (!start || (period.contains("end") && !end_ms))
    r.refuse("period",
             "This needs a start, and times with their offset, like 2026-11-22T09:30:00Z.");
  start_ms = start.value_or(0);
}

Json period(std::int64_t start_ms, const std::optional<std::int64_t>& end_ms) {
  Json result{{"start", base::instant_text(start_ms)}};
  if (end_ms) result["end"] = base::instant_text(*end_ms);
  return result;
}

constexpr const char* referrer_url = "urn:facet:referrer";
constexpr const char* payer_url = "urn:facet:payer";
constexpr const char* goal_url = "urn:facet:goal";
constexpr const char* discharge_url = "urn:facet:discharge";
constexpr std::size_t most_summary_bytes = 4000;

/// {url: discharge, extension: [{url: date, valueDate}, {url: summary, valueString}]}.
std::optional<std::string> read_discharge(Reader& r) {
  const auto list = r.whole_extensions(discharge_url);
  if (list.empty()) return {};
  if (list.size() == 1 && list[0].size() == 2 && list[0].contains("extension")) {
    Json wrapper{{"resourceType", "discharge"}, {"extension", list[0]["extension"]}};
    Reader inner(wrapper, "discharge");
    const auto date = inner.extension_text("date").value_or("");
    const auto summary = inner.extensions("summary");
    const bool good = summary.size() == 1 && summary[0].is_string() &&
                      !summary[0].get_ref<const std::string&>().empty() &&
                      summary[0].get_ref<const std::string&>().size() <= most_summary_bytes;
    if (inner.finish() && base::parse_date(date) && good)
      return discharge_text({date, summary[0].get<std::string>()});
  }
  r.refuse("extension",
           std::string("The extension ") + discharge_url +
               " takes a date (valueDate) and a summary (valueString, at most 4000 bytes).");
  return {};
}

Json write_discharge(const Discharge& discharge) {
  return {{"url", discharge_url},
          {"extension", Json::array({{{"url", "date"}, {"valueDate", discharge.date}},
                                     {{"url", "summary"}, {"valueString", discharge.summary}}})}};
}

Result<EpisodeOfCare> read_episode(const Json& body) {
  Reader r(body, "EpisodeOfCare");
  EpisodeOfCare episode;
  episode.status = r.code("status", {"planned", "waitlist", "active", "onhold", "finished",
                                     "cancelled", "entered-in-error"});
  episode.patient_id = r.reference("patient", "Patient");
  episode.organization_id =
      r.optional_reference("managingOrganization", "Organization").value_or("");
  read_period(r, episode.start_ms, episode.end_ms);
  episode.referrer = r.extension_text(referrer_url);
  episode.payer = r.extension_text(payer_url);
  episode.goal = r.extension_text(goal_url);
  episode.discharge = read_discharge(r);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return episode;
}

/// The practitioner of the one participant.
std::optional<std::string> read_participant(Reader& r) {
  const auto& list = r.element("participant");
  if (list.is_null()) return {};
  if (list.is_array() && list.size() == 1 && list[0].is_object()) {
    Json wrapper = list[0];
    wrapper["resourceType"] = "participant";
    Reader participant(wrapper, "participant");
    auto id = participant.optional_reference("individual", "Practitioner");
    if (id && participant.ok()) return id;
  }
  r.refuse("participant",
           "This takes one participant: {individual: {reference: Practitioner/id}}.");
  return {};
}

std::optional<std::string> read_episode_reference(Reader& r) {
  const auto& list = r.element("episodeOfCare");
  if (list.is_null()) return {};
  if (list.is_array() && list.size() == 1) {
    const Json wrapper{{"resourceType", "Encounter"}, {"episodeOfCare", list[0]}};
    Reader episode(wrapper, "Encounter");
    if (auto id = episode.optional_reference("episodeOfCare", "EpisodeOfCare")) return id;
  }
  r.refuse("episodeOfCare", "This takes a list of one reference to an EpisodeOfCare.");
  return {};
}

Result<Encounter> read_encounter(const Json& body) {
  Reader r(body, "Encounter");
  Encounter encounter;
  encounter.status = r.code("status", {"planned", "arrived", "triaged", "in-progress", "onleave",
                                       "finished", "cancelled", "entered-in-error", "unknown"});
  r.element("class");  // a clinic's visits are ambulatory
  encounter.patient_id = r.reference("subject", "Patient");
  encounter.episode_id = read_episode_reference(r);
  encounter.practitioner_id = read_participant(r);
  read_period(r, encounter.start_ms, encounter.end_ms);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return encounter;
}

}  // namespace

Json write_episode(const EpisodeOfCare& e) {
  Json body = rest::resource("EpisodeOfCare", e.id, e.version.number, e.version.recorded_ms);
  const auto extend = [&](const char* url, const std::optional<std::string>& text) {
    if (text) body["extension"].push_back({{"url", url}, {"valueString", *text}});
  };
  extend(referrer_url, e.referrer);
  extend(payer_url, e.payer);
  extend(goal_url, e.goal);
  if (e.discharge) body["extension"].push_back(write_discharge(discharge_of(*e.discharge)));
  body["status"] = e.status;
  body["patient"] = rest::reference("Patient", e.patient_id);
  if (!e.organization_id.empty())
    body["managingOrganization"] = rest::reference("Organization", e.organization_id);
  body["period"] = period(e.start_ms, e.end_ms);
  return body;
}

Json write_encounter(const Encounter& e) {
  Json body = rest::resource("Encounter", e.id, e.version.number, e.version.recorded_ms);
  body["status"] = e.status;
  body["class"] = rest::coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB");
  body["subject"] = rest::reference("Patient", e.patient_id);
  if (e.episode_id)
    body["episodeOfCare"] = Json::array({rest::reference("EpisodeOfCare", *e.episode_id)});
  if (e.practitioner_id)
    body["participant"] =
        Json::array({{{"individual", rest::reference("Practitioner", *e.practitioner_id)}}});
  body["period"] = period(e.start_ms, e.end_ms);
  return body;
}

void mount_visits(const VisitService& service, rest::FhirServer& fhir) {
  fhir.add(fhir_type<EpisodeOfCare>(
      service.episodes, read_episode, write_episode,
      {{by_patient("patient"), rest::token("status", "status"), rest::date("date", "start_ms")},
       "start_ms",
       &EpisodeOfCare::start_ms}));
  fhir.add(fhir_type<Encounter>(
      service.encounters, read_encounter, write_encounter,
      {{by_patient(), rest::token("status", "status"), rest::date("date", "start_ms"),
        rest::reference_to("EpisodeOfCare", "episode-of-care", "episode_id"),
        rest::reference_to("Practitioner", "practitioner", "practitioner_id")},
       "start_ms",
       &Encounter::start_ms}));
}

}  // namespace facet::clinic
