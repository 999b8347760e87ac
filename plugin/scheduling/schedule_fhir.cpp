// SPDX-License-Identifier: MPL-2.0
#include "scheduling/schedule_fhir.h"

#include <charconv>

#include "scheduling/targets_fhir.h"

namespace facet::scheduling {
namespace {

using base::Json;
using base::Result;
using rest::Reader;
using storage::Act;

constexpr const char* opening_url = "urn:facet:opening";
constexpr std::size_t most_openings = 50;
const std::vector<std::string> actor_types{"Device", "Location", "Practitioner"};

/// A FHIR time, with or without seconds; they must be 0.
std::optional<std::int64_t> minute_in(const Json& part) {
  if (!part.contains("valueTime") || !part["valueTime"].is_string()) return {};
  std::string_view text = part["valueTime"].get_ref<const std::string&>();
  if (text.size() == 8 && text.ends_with(":00")) text.remove_suffix(3);
  return parse_clock(text);
}

/// {"url": "urn:facet:opening", "extension": [weekday, opens, closes]}; midnight closes as 00:00.
std::optional<Opening> read_opening(const Json& extension) {
  const auto parts = extension.find("extension");
  if (parts == extension.end() || !parts->is_array() || parts->size() != 3) return {};
  std::optional<std::int64_t> weekday, opens, closes;
  for (const auto& part : *parts) {
    if (!part.is_object()) return {};
    const auto url = part.value("url", Json());
    if (url == "weekday" && part.contains("valueInteger") &&
        part["valueInteger"].is_number_integer())
      weekday = part["valueInteger"].get<std::int64_t>();
    if (url == "opens") opens = minute_in(part);
    if (url == "closes") closes = minute_in(part);
  }
  if (!weekday || !opens || !closes || *weekday < 1 || *weekday > 7) return {};
  if (*closes == 0) closes = 1440;
  if (*opens >= *closes) return {};
  return Opening{*weekday, *opens, *closes};
}

Json write_opening(const Opening& opening) {
  const auto time = [](std::int64_t minute) { return clock_text(minute % 1440) + ":00"; };
  return {{"url", opening_url},
          {"extension",
           Json::array({{{"url", "weekday"}, {"valueInteger", opening.weekday}},
                        {{"url", "opens"}, {"valueTime", time(opening.opens_minute)}},
                        {{"url", "closes"}, {"valueTime", time(opening.closes_minute)}}})}};
}

Result<Schedule> read_schedule(const Json& body) {
  Reader r(body, "Schedule");
  Schedule schedule;
  schedule.active = r.boolean("active", true);
  schedule.name = r.optional_text("comment", 200).value_or("");
  if (const auto actors = one_of_each(references_in(r.element("actor")), actor_types)) {
    schedule.device_id = (*actors)[0];
    schedule.room_id = (*actors)[1];
    schedule.practitioner_id = (*actors)[2];
  } else {
    r.refuse("actor", "A schedule needs three actors: one Device, one Location, one Practitioner.");
  }
  for (const auto& extension : r.whole_extensions(opening_url)) {
    if (const auto opening = read_opening(extension))
      schedule.opening.push_back(*opening);
    else
      r.refuse("extension",
               "Opening hours need a weekday (1 Monday to 7 Sunday), opens and a later closes.");
  }
  if (schedule.opening.size() > most_openings)
    r.refuse("extension", "A schedule has at most 50 opening hours.");
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return schedule;
}

Json write_schedule(const Schedule& s) {
  Json body = rest::resource("Schedule", s.id, s.version.number, s.version.recorded_ms);
  for (const auto& opening : s.opening) body["extension"].push_back(write_opening(opening));
  body["active"] = s.active;
  body["actor"] =
      Json::array({rest::reference("Device", s.device_id), rest::reference("Location", s.room_id),
                   rest::reference("Practitioner", s.practitioner_id)});
  if (!s.name.empty()) body["comment"] = s.name;
  return body;
}

Json write_slot(const Slot& slot) {
  return {{"resourceType", "Slot"},
          {"id", slot.schedule_id + "." + std::to_string(slot.time.start_ms)},
          {"schedule", rest::reference("Schedule", slot.schedule_id)},
          {"status", "free"},
          {"start", base::instant_text(slot.time.start_ms)},
          {"end", base::instant_text(slot.time.end_ms)}};
}

Result<SlotQuestion> question_of(const rest::SearchQuery& query) {
  SlotQuestion question;
  const auto schedule = query.reference("schedule", "Schedule");
  if (!schedule) return base::invalid("schedule", "Name a schedule, like schedule=Schedule/id.");
  question.schedule_id = *schedule;
  if (query.first("status").value_or("free") != "free")
    return base::fail(base::ErrorCode::unsupported, "status", "Only free slots can be looked for.");
  const auto from = query.bound("start", "ge");
  if (!from) return tl::unexpected<base::Error>(from.error());
  const auto to = query.bound("start", "lt");
  if (!to) return tl::unexpected<base::Error>(to.error());
  question.from_ms = *from;
  question.to_ms = *to;
  if (const auto minutes = query.first("minutes")) {
    const auto* end = minutes->data() + minutes->size();
    const auto read = std::from_chars(minutes->data(), end, question.minutes);
    if (read.ec != std::errc() || read.ptr != end)
      return base::invalid("minutes", "minutes must be a whole number.");
  }
  question.most = query.count;
  return question;
}

Result<std::vector<Json>> search_slots(const ScheduleService& service, Act& act,
                                       const rest::SearchQuery& query) {
  const auto question = question_of(query);
  if (!question) return tl::unexpected<base::Error>(question.error());
  const auto slots = service.free_slots(act, *question);
  if (!slots) return tl::unexpected<base::Error>(slots.error());
  std::vector<Json> resources;
  for (const auto& slot : *slots) resources.push_back(write_slot(slot));
  return resources;
}

}  // namespace

void mount_schedules(const ScheduleService& service, rest::FhirServer& fhir) {
  fhir.add(clinic::fhir_type<Schedule>(service.schedules, read_schedule, write_schedule, {}));
  rest::FhirType slot;
  slot.name = "Slot";
  slot.search_parameters = {rest::reference_to("Schedule", "schedule"), rest::date("start"), rest::token("status"),
                            {"minutes", rest::SearchKind::number}};
  slot.search = [&service](Act& act, const rest::SearchQuery& query) {
    return search_slots(service, act, query);
  };
  fhir.add(std::move(slot));
}

}  // namespace facet::scheduling
