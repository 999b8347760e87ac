// SPDX-License-Identifier: MPL-2.0
#include "door/records.h"

#include "base/clock.h"

namespace facet::testing {

std::int64_t real_now_ms() {
  return base::SystemClock().now_ms();
}

std::string minutes_from_now(std::int64_t minutes) {
  const auto at = real_now_ms() + minutes * base::minute_ms;
  return base::instant_text(at - at % base::minute_ms);
}

std::string day_from_now(int days) {
  return base::instant_text(real_now_ms() + days * base::day_ms).substr(0, 10);
}

Json resource(const std::string& type, const std::string& id) {
  return {{"resourceType", type}, {"id", id}};
}
Json to(const std::string& target) {
  return {{"reference", target}};
}
Json code_of(const std::string& system, const std::string& code) {
  return {{"coding", Json::array({{{"system", system}, {"code", code}}})}};
}
Json ext(const std::string& url, const std::string& value_name, const Json& value) {
  return {{"url", url}, {value_name, value}};
}

Json organization() {
  Json json = resource("Organization", "org");
  json["name"] = "Test clinic";
  return json;
}

Json site() {
  Json json = resource("Location", "site");
  json["status"] = "active";
  json["name"] = "Site";
  json["managingOrganization"] = to("Organization/org");
  json["extension"] = Json::array(
      {ext("http://hl7.org/fhir/StructureDefinition/timezone", "valueCode", "Europe/London")});
  return json;
}

Json room() {
  Json json = resource("Location", "room");
  json["status"] = "active";
  json["name"] = "Room";
  json["managingOrganization"] = to("Organization/org");
  json["partOf"] = to("Location/site");
  return json;
}

Json bed() {
  Json json = resource("Device", "bed");
  json["status"] = "active";
  json["deviceName"] = Json::array({{{"name", "Bed 1"}, {"type", "user-friendly-name"}}});
  json["owner"] = to("Organization/org");
  json["location"] = to("Location/room");
  return json;
}

Json practitioner(const std::string& id, const std::string& expires) {
  Json json = resource("Practitioner", id);
  json["active"] = true;
  json["name"] = Json::array({{{"family", "Physio"}, {"given", Json::array({"Pat"})}}});
  json["qualification"] = Json::array({{{"identifier", Json::array({{{"value", "PH-" + id}}})},
                                        {"code", {{"text", "Physiotherapist"}}},
                                        {"period", {{"end", expires}}},
                                        {"issuer", {{"display", "HCPC"}}}}});
  return json;
}

Json schedule() {
  Json json = resource("Schedule", "diary");
  json["active"] = true;
  json["actor"] = Json::array({to("Device/bed"), to("Location/room"), to("Practitioner/physio")});
  return json;
}

Json patient(const std::string& id, const std::string& family) {
  Json json = resource("Patient", id);
  json["name"] = Json::array({{{"family", family}, {"given", Json::array({"Zebedee"})}}});
  json["birthDate"] = "1971-03-29";
  json["telecom"] = Json::array({{{"system", "phone"}, {"value", "07700900123"}}});
  json["address"] = Json::array({{{"text", "9 Quince Passage, Wapping"}}});
  return json;
}

Json consent(const std::string& id, const std::string& patient_id) {
  Json json = resource("Consent", id);
  json["status"] = "active";
  json["scope"] = code_of("http://terminology.hl7.org/CodeSystem/consentscope", "treatment");
  json["category"] = Json::array({code_of("urn:facet:consent", "bed")});
  json["patient"] = to("Patient/" + patient_id);
  json["dateTime"] = minutes_from_now(-5);
  json["policyRule"] = {{"text", "Consent to the bed"}};
  return json;
}

Json related_person(const std::string& id, const std::string& patient_id,
                    const std::string& relationship) {
  Json json = resource("RelatedPerson", id);
  json["active"] = true;
  json["patient"] = to("Patient/" + patient_id);
  json["relationship"] = Json::array({code_of("urn:facet:relationship", relationship)});
  json["name"] = Json::array({{{"family", "Featherstonehaugh"}, {"given", Json::array({"Mo"})}}});
  json["telecom"] = Json::array({{{"system", "phone"}, {"value", "07700900777"}}});
  return json;
}

Json practitioner_role(const std::string& id) {
  Json json = resource("PractitionerRole", id);
  json["active"] = true;
  json["practitioner"] = to("Practitioner/physio");
  json["organization"] = to("Organization/org");
  json["location"] = Json::array({to("Location/site")});
  json["code"] = Json::array({code_of("urn:facet:role", "physiotherapist")});
  return json;
}

Json episode(const std::string& id, const std::string& patient_id) {
  Json json = resource("EpisodeOfCare", id);
  json["status"] = "active";
  json["patient"] = to("Patient/" + patient_id);
  json["period"] = {{"start", minutes_from_now(-600)}};
  return json;
}

Json encounter(const std::string& id, const std::string& patient_id) {
  Json json = resource("Encounter", id);
  json["status"] = "in-progress";
  json["class"] = {{"code", "AMB"}};
  json["subject"] = to("Patient/" + patient_id);
  json["participant"] = Json::array({{{"individual", to("Practitioner/physio")}}});
  json["period"] = {{"start", minutes_from_now(-10)}};
  return json;
}

namespace {
Json observation(const std::string& id, const std::string& patient_id, const std::string& system,
                 const std::string& code, const Json& value) {
  Json json = resource("Observation", id);
  json["status"] = "final";
  json["code"] = code_of(system, code);
  json["subject"] = to("Patient/" + patient_id);
  json["effectiveDateTime"] = minutes_from_now(-5);
  json["valueInteger"] = value;
  return json;
}
}  // namespace

Json symptom(const std::string& id, const std::string& patient_id, const Json& severity) {
  Json json = observation(id, patient_id, "urn:facet:symptom", "tennis_elbow", severity);
  json["bodySite"] = code_of("urn:facet:side", "right");
  return json;
}

Json stress(const std::string& id, const std::string& patient_id, const Json& score) {
  return observation(id, patient_id, "urn:facet:measure", "stress", score);
}

Json motion(const std::string& id, const std::string& patient_id, const std::string& level,
            const std::string& side, const Json& grade) {
  Json json = observation(id, patient_id, "urn:facet:measure", "segmental-motion", grade);
  json["bodySite"]["coding"] = Json::array({{{"system", "urn:facet:spinal-level"}, {"code", level}},
                                            {{"system", "urn:facet:side"}, {"code", side}}});
  json["component"] = Json::array(
      {{{"code", code_of("urn:facet:measure", "pain-on-pressure")}, {"valueBoolean", true}}});
  return json;
}

namespace {
Json answers_of(const Json& questions) {
  Json items = Json::array();
  for (const auto& question : questions) {
    Json item{{"linkId", question["linkId"]}};
    if (question["type"] != "group")
      item["answer"] =
          Json::array({{{"valueCoding", {{"system", "urn:facet:answer"}, {"code", "no"}}}}});
    if (question.contains("item")) item["item"] = answers_of(question["item"]);
    items.push_back(std::move(item));
  }
  return items;
}

void replace(Json& items, const std::string& link_id, const std::string& code) {
  for (auto& item : items) {
    if (item["linkId"] == link_id) item["answer"][0]["valueCoding"]["code"] = code;
    if (item.contains("item")) replace(item["item"], link_id, code);
  }
}
}  // namespace

Json screening(const std::string& id, const std::string& patient_id, const Json& questionnaire) {
  Json json = resource("QuestionnaireResponse", id);
  json["questionnaire"] = "urn:facet:questionnaire:screening";
  json["status"] = "completed";
  json["subject"] = to("Patient/" + patient_id);
  json["authored"] = minutes_from_now(-2);
  json["item"] = answers_of(questionnaire["item"]);
  return json;
}

void answer_with(Json& screening, const std::string& link_id, const std::string& code) {
  replace(screening["item"], link_id, code);
}

Json clearance(const std::string& id, const std::string& patient_id, const std::string& assessor) {
  Json json = resource("ClinicalImpression", id);
  json["status"] = "completed";
  json["code"] = code_of("urn:facet:act", "bed-clearance");
  json["subject"] = to("Patient/" + patient_id);
  json["assessor"] = to("Practitioner/" + assessor);
  json["effectivePeriod"] = {{"start", minutes_from_now(-1)},
                             {"end", minutes_from_now(30 * 24 * 60)}};
  json["extension"] = Json::array({ext("urn:facet:zone", "valueCode", "left_lower"),
                                   ext("urn:facet:zone", "valueCode", "right_lower"),
                                   ext("urn:facet:max-strength", "valueInteger", 3),
                                   ext("urn:facet:max-minutes", "valueInteger", 20)});
  return json;
}

Json order(const std::string& id, const std::string& patient_id) {
  Json json = resource("ServiceRequest", id);
  json["status"] = "active";
  json["intent"] = "order";
  json["code"] = code_of("urn:facet:act", "bed-session");
  json["subject"] = to("Patient/" + patient_id);
  json["requester"] = to("Practitioner/physio");
  json["extension"] = Json::array({ext("urn:facet:zone", "valueCode", "left_lower"),
                                   ext("urn:facet:strength", "valueInteger", 3),
                                   ext("urn:facet:speed", "valueInteger", 2),
                                   ext("urn:facet:minutes", "valueInteger", 20)});
  return json;
}

Json appointment(const std::string& id, const std::string& patient_id, const std::string& order_id,
                 std::int64_t minutes_ahead) {
  Json json = resource("Appointment", id);
  json["status"] = "booked";
  json["start"] = minutes_from_now(minutes_ahead);
  json["end"] = base::instant_text(*base::parse_instant(json["start"].get<std::string>()) +
                                   20 * base::minute_ms);
  json["basedOn"] = Json::array({to("ServiceRequest/" + order_id)});
  for (const auto& actor : {"Patient/" + patient_id, std::string("Device/bed"),
                            std::string("Location/room"), std::string("Practitioner/physio")})
    json["participant"].push_back({{"actor", to(actor)}, {"status", "accepted"}});
  return json;
}

}  // namespace facet::testing
