// SPDX-License-Identifier: MPL-2.0
#include "beds/procedure_fhir.h"

namespace facet::beds {
namespace {

using base::Json;
using storage::Act;

Json part(const char* url, std::int64_t value) {
  return {{"url", url}, {"valueInteger", value}};
}

Json zone_extension(const bedlink::ZoneResult& zone) {
  return {{"url", "urn:facet:zone-result"},
          {"extension", Json::array({{{"url", "zone"}, {"valueCode", zone.zone}},
                                     part("seconds", zone.seconds),
                                     part("presses", zone.presses),
                                     part("peak-force-n", zone.peak_force_n),
                                     part("mean-force-n", zone.mean_force_n),
                                     part("tension-before", zone.tension_before),
                                     part("tension-after", zone.tension_after)})}};
}

Json extensions(const Procedure& p) {
  Json list = Json::array({part("urn:facet:delivered-seconds", p.delivered_s),
                           part("urn:facet:paused-seconds", p.paused_s),
                           part("urn:facet:peak-force-n", p.peak_force_n),
                           part("urn:facet:mean-force-n", p.mean_force_n),
                           {{"url", "urn:facet:appointment"},
                            {"valueReference", rest::reference("Appointment", p.appointment_id)}},
                           {{"url", "urn:facet:simulated"}, {"valueBoolean", p.simulated}}});
  if (p.simulated)
    list.push_back({{"url", "urn:facet:time-scale"}, {"valueDecimal", time_scale(p)}});
  for (const auto& zone : read_zones(p.zones)) list.push_back(zone_extension(zone));
  return list;
}

}  // namespace

Json write_procedure(const Procedure& p) {
  Json body = rest::resource("Procedure", p.id, p.version.number, p.version.recorded_ms);
  body["extension"] = extensions(p);
  body["basedOn"] = Json::array({rest::reference("ServiceRequest", p.service_request_id)});
  body["status"] = p.status;
  if (p.status != "completed")
    body["statusReason"] = rest::concept_of("urn:facet:stop-cause", p.stop_cause);
  body["code"] = rest::concept_of("urn:facet:act", "bed-session", "Treatment bed session");
  body["subject"] = rest::reference("Patient", p.patient_id);
  body["performedPeriod"] = {{"start", base::instant_text(p.start_ms)},
                             {"end", base::instant_text(p.end_ms)}};
  if (p.simulated)
    body["note"] = Json::array({{{"text", "Simulated by a program: no bed touched anybody."}}});
  body["usedReference"] = Json::array({rest::reference("Device", p.device_id)});
  return body;
}

void mount_procedures(const ProcedureService& service, rest::FhirServer& fhir) {
  const auto& procedures = service.procedures;
  // Only beds write procedures.
  fhir.add(clinic::fhir_type<Procedure>(
      procedures, nullptr, write_procedure,
      {{clinic::by_patient(), rest::token("status", "status"), rest::date("date", "start_ms"),
        rest::reference_to("ServiceRequest", "based-on", "service_request_id", "basedOn")},
       "start_ms",
       &Procedure::start_ms}));
}

}  // namespace facet::beds
