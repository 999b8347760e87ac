// SPDX-License-Identifier: MPL-2.0
#include "door/visits.h"

namespace facet::testing {

Json condition(const std::string& id, const std::string& patient_id) {
  Json json = resource("Condition", id);
  json["clinicalStatus"] =
      code_of("http://terminology.hl7.org/CodeSystem/condition-clinical", "active");
  json["code"] = code_of("urn:facet:symptom", "tennis_elbow");
  json["bodySite"] = code_of("urn:facet:side", "right");
  json["subject"] = to("Patient/" + patient_id);
  return json;
}

Json in_visit(Json record, const std::string& encounter_id) {
  record["encounter"] = to("Encounter/" + encounter_id);
  return record;
}

Json finished(Json encounter) {
  encounter["status"] = "finished";
  return encounter;
}

Json reason_resource(const std::string& text) {
  return {{"resourceType", "Provenance"}, {"reason", Json::array({{{"text", text}}})}};
}

Json put_entry(const Json& resource) {
  return {{"resource", resource},
          {"request",
           {{"method", "PUT"},
            {"url", resource["resourceType"].get<std::string>() + "/" +
                        resource["id"].get<std::string>()}}}};
}

Json bundle_of(const Json& entries) {
  return {{"resourceType", "Bundle"}, {"type", "transaction"}, {"entry", entries}};
}

Answer send_because(Door& door, const Who& who, const Json& resource, const std::string& if_match,
                    const std::string& reason) {
  rest::Pairs headers{{"x-provenance", reason_resource(reason).dump()}};
  if (!if_match.empty()) headers.emplace_back("if-match", if_match);
  return door.send(who, "PUT",
                   "/fhir/" + resource["resourceType"].get<std::string>() + "/" +
                       resource["id"].get<std::string>(),
                   resource.dump(), headers);
}

}  // namespace facet::testing
