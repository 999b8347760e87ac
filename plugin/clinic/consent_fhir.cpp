// SPDX-License-Identifier: MPL-2.0
#include "clinic/consent_fhir.h"

namespace facet::clinic {
namespace {

using base::Json;
using base::Result;
using rest::Reader;

constexpr const char* category_system = "urn:facet:consent";

Result<Consent> read_consent(const Json& body) {
  Reader r(body, "Consent");
  Consent consent;
  consent.status = r.code("status", {"active", "rejected", "inactive", "entered-in-error"});
  consent.category = r.coding("category", category_system);
  consent.patient_id = r.reference("patient", "Patient");
  consent.given_ms = r.instant("dateTime");
  r.element("scope");  // follows from the category
  r.element("policyRule");
  if (const auto& c = consent.category;
      c != "treatment" && c != "bed" && c != "sharing" && c != "messages")
    r.refuse("category", "This must be one of: treatment, bed, sharing, messages.");
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return consent;
}

}  // namespace

Json write_consent(const Consent& c) {
  const bool privacy = c.category == "sharing";
  Json body = rest::resource("Consent", c.id, c.version.number, c.version.recorded_ms);
  body["status"] = c.status;
  body["scope"] = rest::concept_of("http://terminology.hl7.org/CodeSystem/consentscope",
                                   privacy ? "patient-privacy" : "treatment");
  body["category"] = Json::array({rest::concept_of(category_system, c.category)});
  body["patient"] = rest::reference("Patient", c.patient_id);
  body["dateTime"] = base::instant_text(c.given_ms);
  body["policyRule"] =
      rest::concept_of("http://terminology.hl7.org/CodeSystem/v3-ActCode", "OPTIN");
  return body;
}

void mount_consents(const ConsentService& service, rest::FhirServer& fhir) {
  fhir.add(fhir_type<Consent>(service.consents, read_consent, write_consent,
                              {{by_patient("patient"), rest::token("status", "status"),
                                rest::token("category", "category"), rest::date("date", "given_ms")},
                               "given_ms",
                               &Consent::given_ms}));
}

}  // namespace facet::clinic
