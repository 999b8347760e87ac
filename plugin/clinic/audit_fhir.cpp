// SPDX-License-Identifier: MPL-2.0
#include "clinic/audit_fhir.h"

#include <charconv>

#include "rest/reader.h"

namespace facet::clinic {
namespace {

using base::Json;
using base::Result;
using storage::Act;

/// Code of http://hl7.org/fhir/restful-interaction.
const char* interaction(const AuditEvent& e) {
  switch (e.action.empty() ? '?' : e.action[0]) {
    case 'C': return "create";
    case 'U': return "update";
    case 'D': return "delete";
    case 'R': return e.resource_id.empty() ? "search-type" : "read";
    default: return "operation";
  }
}

Json agent(const AuditEvent& e) {
  Json who{{"altId", e.principal}, {"requestor", true}};
  for (const auto& role : e.roles) who["role"].push_back(rest::concept_of("urn:facet:role", role));
  if (!e.remote.empty()) who["network"] = {{"address", e.remote}, {"type", "2"}};
  return who;
}

Json entities(const AuditEvent& e) {
  Json list = Json::array();
  if (!e.resource_type.empty()) {
    Json thing{{"type", rest::coding("http://hl7.org/fhir/resource-types", e.resource_type)}};
    if (!e.resource_id.empty()) thing["what"] = rest::reference(e.resource_type, e.resource_id);
    list.push_back(std::move(thing));
  }
  for (const auto& patient : e.patient_ids)
    list.push_back(
        {{"what", rest::reference("Patient", patient)},
         {"type", rest::coding("http://terminology.hl7.org/CodeSystem/audit-entity-type", "1")},
         {"role", rest::coding("http://terminology.hl7.org/CodeSystem/object-role", "1")}});
  return list;
}

/// A place as text: "chain/number".
Result<AuditPlace> place_of(const std::string& text) {
  AuditPlace place;
  if (text.empty()) return place;
  const auto slash = text.rfind('/');
  const char* end = text.data() + text.size();
  if (slash == std::string::npos ||
      std::from_chars(text.data() + slash + 1, end, place.number).ptr != end)
    return base::invalid("from", "This is not a place in the audit trail.");
  place.chain = text.substr(0, slash);
  return place;
}

Result<std::vector<Json>> search(const AuditService& service, Act& act,
                                 const rest::SearchQuery& query) {
  const auto patient = query.reference("patient", "Patient");
  if (!patient)
    return base::invalid("patient", "Audit events are searched by patient: ?patient=id.");
  const auto events = service.of_patient(act, *patient, query.count);
  if (!events) return tl::unexpected<base::Error>(events.error());
  std::vector<Json> resources;
  for (const auto& event : *events) resources.push_back(write_audit_event(event));
  return resources;
}

Result<rest::Page> page_of(const AuditService& service, Act& act, const std::string& from,
                           int most) {
  const auto place = place_of(from);
  if (!place) return tl::unexpected<base::Error>(place.error());
  const auto events = service.after(act, *place, most);
  if (!events) return tl::unexpected<base::Error>(events.error());
  rest::Page page;
  for (const auto& event : *events) page.resources.push_back(write_audit_event(event));
  if (events->size() == static_cast<std::size_t>(most))
    page.next = events->back().chain + "/" + std::to_string(events->back().number);
  return page;
}

}  // namespace

Json write_audit_event(const AuditEvent& e) {
  Json body = rest::resource("AuditEvent", e.id, 1, e.recorded_ms);
  body["extension"] = Json::array({{{"url", "urn:facet:audit-chain"}, {"valueString", e.chain}},
                                   {{"url", "urn:facet:audit-number"}, {"valueInteger", e.number}},
                                   {{"url", "urn:facet:audit-mac"}, {"valueString", e.mac}}});
  body["type"] = rest::coding("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest");
  body["subtype"] =
      Json::array({rest::coding("http://hl7.org/fhir/restful-interaction", interaction(e))});
  body["action"] = e.action;
  body["recorded"] = base::instant_text(e.recorded_ms);
  body["outcome"] = e.outcome;
  if (!e.reason.empty()) body["outcomeDesc"] = e.reason;
  if (!e.purpose.empty()) body["purposeOfEvent"] = Json::array({{{"text", e.purpose}}});
  body["agent"] = Json::array({agent(e)});
  body["source"] = {{"observer", {{"display", "Facet"}}}};
  if (auto list = entities(e); !list.empty()) body["entity"] = std::move(list);
  return body;
}

void mount_audit(const AuditService& service, rest::FhirServer& fhir) {
  rest::FhirType type;
  type.name = "AuditEvent";
  type.search_parameters = {rest::reference_to("Patient", "patient")};
  type.search = [&service](Act& act, const rest::SearchQuery& query) {
    return search(service, act, query);
  };
  type.page = [&service](Act& act, const std::string& from, int most) {
    return page_of(service, act, from, most);
  };
  fhir.add(std::move(type));
}

}  // namespace facet::clinic
