// SPDX-License-Identifier: MPL-2.0
#include "orders/order_fhir.h"

namespace facet::orders {
namespace {

using base::Json;
using base::Result;
using rest::Reader;
using storage::Act;

constexpr const char* act_system = "urn:facet:act";
constexpr const char* zone_url = "urn:facet:zone";
constexpr const char* strength_url = "urn:facet:strength";
constexpr const char* speed_url = "urn:facet:speed";
constexpr const char* minutes_url = "urn:facet:minutes";
constexpr const char* max_strength_url = "urn:facet:max-strength";
constexpr const char* max_minutes_url = "urn:facet:max-minutes";

std::string read_zones(Reader& r) {
  std::vector<std::string> zones;
  for (const auto& zone : r.extensions(zone_url))
    zones.push_back(zone.is_string() ? zone.get<std::string>() : "?");
  if (zones.size() > 6) r.refuse("extension", "A bed has six zones.");
  return join_zones(zones);
}

Json write_zones(const std::string& list) {
  Json extensions = Json::array();
  const auto zones = zones_of(list, "");
  if (zones)
    for (const auto& zone : *zones) extensions.push_back({{"url", zone_url}, {"valueCode", zone}});
  return extensions;
}

Json integer_extension(const char* url, std::int64_t value) {
  return {{"url", url}, {"valueInteger", value}};
}

void require_code(Reader& r, const char* code) {
  if (r.coding("code", act_system) != code)
    r.refuse("code", std::string("This must be ") + act_system + "|" + code + ".");
}

void read_effective(Reader& r, Clearance& c) {
  const auto& period = r.element("effectivePeriod");
  const auto moment = [&](const char* name) -> std::optional<std::int64_t> {
    if (!period.is_object() || !period.contains(name) || !period[name].is_string()) return {};
    return base::parse_instant(period[name].get_ref<const std::string&>());
  };
  const auto start = moment("start"), end = moment("end");
  if (!start || !end)
    r.refuse("effectivePeriod", "This needs a start and an end, like 2026-11-22T09:30:00Z.");
  c.start_ms = start.value_or(0);
  c.end_ms = end.value_or(0);
}

Result<Clearance> read_clearance(const Json& body) {
  Reader r(body, "ClinicalImpression");
  Clearance c;
  require_code(r, "bed-clearance");
  c.status = r.code("status", {"completed", "in-progress", "entered-in-error"});
  c.patient_id = r.reference("subject", "Patient");
  c.encounter_id = r.optional_reference("encounter", "Encounter");
  c.assessor_id = r.reference("assessor", "Practitioner");
  r.element("date");  // the moment of recording
  read_effective(r, c);
  c.zones = read_zones(r);
  c.max_strength = r.extension_integer(max_strength_url, 1, 5);
  c.max_minutes = r.extension_integer(max_minutes_url, 1, 60);
  c.summary = r.optional_text("summary", 10000);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return c;
}

Result<ServiceRequest> read_request(const Json& body) {
  Reader r(body, "ServiceRequest");
  ServiceRequest q;
  require_code(r, "bed-session");
  q.status = r.code("status", {"active", "draft", "on-hold", "revoked", "completed", "entered-in-error"});
  r.code("intent", {"order"});
  q.patient_id = r.reference("subject", "Patient");
  q.encounter_id = r.optional_reference("encounter", "Encounter");
  q.requester_id = r.reference("requester", "Practitioner");
  q.authored_ms = r.optional_instant("authoredOn").value_or(0);
  q.zones = read_zones(r);
  q.strength = r.extension_integer(strength_url, 1, 5);
  q.speed = r.extension_integer(speed_url, 1, 5);
  q.minutes = r.extension_integer(minutes_url, 10, 60);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return q;
}

/// What somebody without clinical rights may see of an order: that it is there, and its length.
Json hide_clinical(Json body) {
  Json kept = Json::array();
  for (const auto& extension : body["extension"])
    if (extension["url"] == minutes_url) kept.push_back(extension);
  body["extension"] = std::move(kept);
  body.erase("encounter");
  return body;
}

/// The FhirType with its clinical part hidden from principals without clinical rights.
rest::FhirType hidden_from_reception(rest::FhirType type) {
  type.read = [read = type.read](Act& act, const std::string& id,
                                 std::optional<std::int64_t> version) -> Result<Json> {
    auto body = read(act, id, version);
    if (body && !clinic::may(act.who, clinic::Permission::read_clinical)) return hide_clinical(*body);
    return body;
  };
  type.search = [search = type.search](
                    Act& act, const rest::SearchQuery& query) -> Result<rest::Found> {
    auto found = search(act, query);
    if (found && !clinic::may(act.who, clinic::Permission::read_clinical))
      for (auto& body : found->resources) body = hide_clinical(std::move(body));
    return found;
  };
  type.history = [history = type.history](Act& act,
                                          const std::string& id) -> Result<std::vector<Json>> {
    auto versions = history(act, id);
    if (versions && !clinic::may(act.who, clinic::Permission::read_clinical))
      for (auto& body : *versions) body = hide_clinical(std::move(body));
    return versions;
  };
  return type;
}

}  // namespace

Json write_clearance(const Clearance& c) {
  Json body = rest::resource("ClinicalImpression", c.id, c.version.number, c.version.recorded_ms);
  body["extension"] = write_zones(c.zones);
  body["extension"].push_back(integer_extension(max_strength_url, c.max_strength));
  body["extension"].push_back(integer_extension(max_minutes_url, c.max_minutes));
  body["status"] = c.status;
  body["code"] = rest::concept_of(act_system, "bed-clearance");
  body["subject"] = rest::reference("Patient", c.patient_id);
  if (c.encounter_id) body["encounter"] = rest::reference("Encounter", *c.encounter_id);
  body["effectivePeriod"] = {{"start", base::instant_text(c.start_ms)},
                             {"end", base::instant_text(c.end_ms)}};
  body["date"] = base::instant_text(c.version.recorded_ms);
  body["assessor"] = rest::reference("Practitioner", c.assessor_id);
  body["assessor"]["display"] = c.assessor_role + ", " + c.regulator + " " + c.registration_number;
  if (c.summary) body["summary"] = *c.summary;
  return body;
}

Json write_request(const ServiceRequest& q) {
  Json body = rest::resource("ServiceRequest", q.id, q.version.number, q.version.recorded_ms);
  body["extension"] = write_zones(q.zones);
  body["extension"].push_back(integer_extension(strength_url, q.strength));
  body["extension"].push_back(integer_extension(speed_url, q.speed));
  body["extension"].push_back(integer_extension(minutes_url, q.minutes));
  body["status"] = q.status;
  body["intent"] = "order";
  body["code"] = rest::concept_of(act_system, "bed-session");
  // SNOMED CT 91251008 |Physical therapy procedure|, clinical.md section 6.
  body["code"]["coding"].push_back(rest::coding("http://snomed.info/sct", "91251008"));
  body["subject"] = rest::reference("Patient", q.patient_id);
  if (q.encounter_id) body["encounter"] = rest::reference("Encounter", *q.encounter_id);
  body["authoredOn"] = base::instant_text(q.authored_ms);
  body["requester"] = rest::reference("Practitioner", q.requester_id);
  return body;
}

void mount_orders(const OrderService& service, rest::FhirServer& fhir) {
  fhir.add(clinic::fhir_type<Clearance>(
      service.clearances, read_clearance, write_clearance,
      {{clinic::by_patient(), rest::token("status", "status"), rest::date("date", "start_ms"),
        rest::reference_to("Encounter", "encounter", "encounter_id", "encounter"),
        rest::reference_to("Practitioner", "assessor", "assessor_id", "assessor")},
       "end_ms",
       &Clearance::end_ms}));
  fhir.add(hidden_from_reception(clinic::fhir_type<ServiceRequest>(
      service.requests, read_request, write_request,
      {{clinic::by_patient(), rest::token("status", "status"), rest::date("authored", "authored_ms"),
        rest::reference_to("Practitioner", "requester", "requester_id", "requester")},
       "authored_ms",
       &ServiceRequest::authored_ms})));
}

}  // namespace facet::orders
