// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/demo_records.h"

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include "hosts/standalone/secrets.h"

namespace facet::hosts::demo {
namespace {

constexpr int64_t kDayS = 24 * 3600;

Json coding(const std::string& system, const std::string& code) {
  return {{"system", system}, {"code", code}};
}

Json concept_of(const std::string& system, const std::string& code) {
  return {{"coding", Json::array({coding(system, code)})}};
}

Json resource(const std::string& type, const std::string& id) {
  return {{"resourceType", type}, {"id", id}};
}

std::string day(int64_t days_from_now) {
  return instant(days_from_now * kDayS).substr(0, 10);
}

Json extension(const std::string& url, const char* kind, Json value) {
  return {{"url", url}, {kind, std::move(value)}};
}

Json organization(const Places& places, const std::string& name) {
  Json json = resource("Organization", places.organization);
  json["active"] = true;
  json["name"] = name;
  json["telecom"] = {{{"system", "phone"}, {"value", "020 7946 0018"}},  // kept for fiction by Ofcom
                     {{"system", "email"}, {"value", "desk@clinic.example"}}};
  return json;
}

Json location(const std::string& id, const std::string& name, const Places& places) {
  Json json = resource("Location", id);
  json["status"] = "active";
  json["name"] = name;
  json["managingOrganization"] = reference("Organization", places.organization);
  return json;
}

Json site(const Places& places) {
  Json json = location(places.site, "Demonstration site", places);
  json["extension"] = Json::array({extension("http://hl7.org/fhir/StructureDefinition/timezone",
                                             "valueCode", "Europe/London")});
  return json;
}

Json room(const Places& places) {
  Json json = location(places.room, "Treatment room 1", places);
  json["partOf"] = reference("Location", places.site);
  return json;
}

Json practitioner(const Places& places) {
  const Json number = {{"value", "PH123456"}};
  Json json = resource("Practitioner", places.physio);
  json["extension"] =
      Json::array({extension("urn:facet:organization", "valueId", places.organization)});
  json["active"] = true;
  json["name"] = Json::array({{{"family", "Sample"}, {"given", Json::array({"Demo"})}}});
  json["qualification"] = Json::array({{{"identifier", Json::array({number})},
                                        {"code", {{"text", "Physiotherapist"}}},
                                        {"period", {{"end", day(730)}}},
                                        {"issuer", {{"display", "HCPC"}}}}});
  return json;
}

Json device(const Places& places) {
  Json json = resource("Device", places.bed);
  json["status"] = "active";
  json["deviceName"] = Json::array({{{"name", "Bed 1"}, {"type", "user-friendly-name"}}});
  json["owner"] = reference("Organization", places.organization);
  json["location"] = reference("Location", places.room);
  return json;
}

Json schedule(const Places& places) {
  Json json = resource("Schedule", places.schedule);
  json["active"] = true;  // no opening hours: around the clock
  json["comment"] = "Bed 1";
  json["actor"] = Json::array({reference("Device", places.bed), reference("Location", places.room),
                               reference("Practitioner", places.physio)});
  return json;
}

Json observation(const std::string& patient, const std::string& visit, Json code) {
  Json json = resource("Observation", make_uuid());
  json["status"] = "final";
  json["code"] = std::move(code);
  json["subject"] = reference("Patient", patient);
  json["encounter"] = reference("Encounter", visit);
  json["effectiveDateTime"] = instant();
  return json;
}

Json answer_items(const Json& questions) {
  Json items = Json::array();
  for (const Json& question : questions) {
    Json item = {{"linkId", question.at("linkId")}};
    const std::string type = question.value("type", "choice");
    if (type == "display") continue;
    if (type != "group") {
      item["answer"] = Json::array({{{"valueCoding", coding("urn:facet:answer", "no")}}});
    }
    if (question.contains("item")) {
      Json inner = answer_items(question["item"]);
      if (!inner.empty()) item["item"] = std::move(inner);
    }
    items.push_back(std::move(item));
  }
  return items;
}

Json zone_extensions(const BedOrder& order) {
  Json list = Json::array();
  for (const std::string& zone : order.zones) {
    list.push_back(extension("urn:facet:zone", "valueCode", zone));
  }
  return list;
}

}  // namespace

std::string instant(int64_t seconds_from_now) {
  const Poco::Timestamp now;
  return Poco::DateTimeFormatter::format(
      now + seconds_from_now * Poco::Timestamp::TimeDiff{1'000'000}, "%Y-%m-%dT%H:%M:%S.%iZ");
}

Json reference(const std::string& type, const std::string& id) {
  return {{"reference", type + "/" + id}};
}

std::vector<Json> clinic_resources(const Places& places, const std::string& clinic_name) {
  return {organization(places, clinic_name),
          site(places),
          room(places),
          practitioner(places),
          device(places),
          schedule(places)};
}

Json patient(const Places& places, const Person& person) {
  const size_t space = person.name.find(' ');
  Json json = resource("Patient", person.id);
  json["active"] = true;
  json["name"] = Json::array({{{"use", "official"},
                               {"family", person.name.substr(space + 1)},
                               {"given", Json::array({person.name.substr(0, space)})}}});
  json["gender"] = person.gender;
  json["birthDate"] = person.birth_date;
  json["managingOrganization"] = reference("Organization", places.organization);
  return json;
}

Json encounter(const Places& places, const std::string& patient, const std::string& id) {
  Json json = resource("Encounter", id);
  json["status"] = "in-progress";
  json["class"] = coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB");
  json["subject"] = reference("Patient", patient);
  json["participant"] = Json::array({{{"individual", reference("Practitioner", places.physio)}}});
  json["period"] = {{"start", instant()}};
  return json;
}

Json symptom(const std::string& patient, const std::string& visit, const std::string& code,
             const std::string& side, int severity) {
  Json json = observation(patient, visit, concept_of("urn:facet:symptom", code));
  json["valueInteger"] = severity;
  if (!side.empty()) json["bodySite"] = concept_of("urn:facet:side", side);
  return json;
}

Json stress(const std::string& patient, const std::string& visit, int score) {
  Json json = observation(patient, visit, concept_of("urn:facet:measure", "stress"));
  json["valueInteger"] = score;
  return json;
}

Json stiffness(const std::string& patient, const std::string& visit, const std::string& level,
               const std::string& side, int grade, bool painful) {
  Json json = observation(patient, visit, concept_of("urn:facet:measure", "segmental-motion"));
  json["valueInteger"] = grade;
  json["bodySite"] = {{"coding", Json::array({coding("urn:facet:spinal-level", level),
                                              coding("urn:facet:side", side)})}};
  json["component"] = Json::array(
      {{{"code", concept_of("urn:facet:measure", "pain-on-pressure")}, {"valueBoolean", painful}}});
  return json;
}

Json screening(const std::string& patient, const std::string& visit, const Json& questionnaire) {
  Json json = resource("QuestionnaireResponse", make_uuid());
  json["questionnaire"] = "urn:facet:questionnaire:screening";
  json["status"] = "completed";
  json["subject"] = reference("Patient", patient);
  json["encounter"] = reference("Encounter", visit);
  json["authored"] = instant();
  json["item"] = answer_items(questionnaire.at("item"));
  return json;
}

size_t count_answers(const Json& response) {
  size_t count = 0;
  for (const Json& item : response.value("item", Json::array())) {
    count += item.contains("answer") ? 1 : 0;
    count += count_answers(item);
  }
  return count;
}

Json bed_consent(const std::string& patient) {
  Json json = resource("Consent", make_uuid());
  json["status"] = "active";
  json["scope"] = concept_of("http://terminology.hl7.org/CodeSystem/consentscope", "treatment");
  json["category"] = Json::array({concept_of("urn:facet:consent", "bed")});
  json["patient"] = reference("Patient", patient);
  json["dateTime"] = instant();
  json["policyRule"] = {{"text", "Demonstration consent to the treatment bed"}};
  return json;
}

Json clearance(const Places& places, const std::string& patient, const BedOrder& widest) {
  Json json = resource("ClinicalImpression", make_uuid());
  json["status"] = "completed";
  json["code"] = concept_of("urn:facet:act", "bed-clearance");
  json["subject"] = reference("Patient", patient);
  json["assessor"] = reference("Practitioner", places.physio);
  json["date"] = instant();
  json["effectivePeriod"] = {{"start", instant()}, {"end", instant(84 * kDayS)}};
  Json extensions = zone_extensions(widest);
  extensions.push_back(extension("urn:facet:max-strength", "valueInteger", widest.strength));
  extensions.push_back(extension("urn:facet:max-minutes", "valueInteger", widest.minutes));
  json["extension"] = std::move(extensions);
  return json;
}

Json bed_order(const Places& places, const std::string& patient, const BedOrder& order) {
  Json json = resource("ServiceRequest", make_uuid());
  json["status"] = "active";
  json["intent"] = "order";
  json["code"] = concept_of("urn:facet:act", "bed-session");
  json["subject"] = reference("Patient", patient);
  json["requester"] = reference("Practitioner", places.physio);
  Json extensions = zone_extensions(order);
  extensions.push_back(extension("urn:facet:strength", "valueInteger", order.strength));
  extensions.push_back(extension("urn:facet:speed", "valueInteger", order.speed));
  extensions.push_back(extension("urn:facet:minutes", "valueInteger", order.minutes));
  json["extension"] = std::move(extensions);
  return json;
}

Json appointment(const Places& places, const std::string& patient, const std::string& order,
                 const Json& slot) {
  Json json = resource("Appointment", make_uuid());
  json["status"] = "booked";
  json["start"] = slot.at("start");
  json["end"] = slot.at("end");
  json["basedOn"] = Json::array({reference("ServiceRequest", order)});
  json["participant"] = Json::array();
  for (const Json& actor :
       {reference("Patient", patient), reference("Device", places.bed),
        reference("Location", places.room), reference("Practitioner", places.physio)}) {
    json["participant"].push_back({{"actor", actor}, {"status", "accepted"}});
  }
  return json;
}

Json transaction(const std::vector<Json>& resources) {
  Json entries = Json::array();
  for (const Json& entry : resources) {
    const std::string type = entry.at("resourceType");
    const std::string id = entry.at("id");
    entries.push_back({{"fullUrl", "urn:uuid:" + id},
                       {"resource", entry},
                       {"request", {{"method", "PUT"}, {"url", type + "/" + id}}}});
  }
  return {{"resourceType", "Bundle"}, {"type", "transaction"}, {"entry", std::move(entries)}};
}

}  // namespace facet::hosts::demo
