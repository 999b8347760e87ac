// SPDX-License-Identifier: MPL-2.0
#include "clinic/provenance_fhir.h"

#include "rest/outcome.h"

namespace facet::clinic {
namespace {

using base::Json;

constexpr const char* activity_system = "urn:facet:activity";
constexpr const char* user_system = "urn:facet:user";
constexpr const char* participant_system =
    "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

/// The parameter `target` names a record of any type, "Observation/x": its type is asked for beside
/// its id, by a parameter that nobody can send.
rest::SearchQuery with_target_type(rest::SearchQuery query) {
  rest::Pairs types;
  for (auto& [name, value] : query.parameters) {
    const auto slash = name == "target" ? value.find('/') : std::string::npos;
    if (slash == std::string::npos) continue;
    types.emplace_back("target-type", value.substr(0, slash));
    value.erase(0, slash + 1);
  }
  query.parameters.insert(query.parameters.end(), types.begin(), types.end());
  return query;
}

/// Facet writes Provenance itself, so that it tells what was done and not what somebody says.
void refuse_to_write(const rest::Request&, const rest::PathValues&, rest::Response& response) {
  rest::send_fhir(response, 405,
                  rest::operation_outcome(
                      {base::ErrorCode::unsupported,
                       "Provenance",
                       "Facet writes Provenance with the change that it tells of. Give the reason "
                       "with the change: in the header X-Provenance, or as an entry of its Bundle.",
                       {}}));
}

}  // namespace

Json write_provenance(const Provenance& p) {
  Json body = rest::resource("Provenance", p.id, p.version.number, p.version.recorded_ms);
  const auto target = p.target_type + "/" + p.target_id;
  body["target"] =
      Json::array({{{"reference", target + "/_history/" + std::to_string(p.target_version)}}});
  body["recorded"] = base::instant_text(p.version.recorded_ms);
  if (p.reason) body["reason"] = Json::array({{{"text", *p.reason}}});
  body["activity"] = rest::concept_of(activity_system, p.activity);
  body["agent"] = Json::array(
      {{{"type", rest::concept_of(participant_system, "author")},
        {"who", {{"identifier", {{"system", user_system}, {"value", p.version.author_id}}}}}}});
  return body;
}

void mount_provenance(const ProvenanceService& service, rest::FhirServer& fhir,
                      rest::Router& router) {
  auto target = rest::reference_to("Resource", "target", "target_id");
  SearchBy<Provenance> by{{by_patient(""), target, rest::date("recorded", "recorded_ms"),
                           rest::token("target-type", "target_type")},
                          nullptr,
                          nullptr};
  auto type = fhir_type<Provenance>(service.provenances, nullptr, write_provenance, std::move(by));
  type.search_parameters.pop_back();
  type.search = [search = std::move(type.search)](storage::Act& act,
                                                  const rest::SearchQuery& query) {
    return search(act, with_target_type(query));
  };
  fhir.add(std::move(type));
  router.add("POST", "/fhir/Provenance", refuse_to_write);
  router.add("PUT", "/fhir/Provenance/{id}", refuse_to_write);
}

}  // namespace facet::clinic
