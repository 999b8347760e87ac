// SPDX-License-Identifier: MPL-2.0
#include "clinic/consent_fhir.h"

#include "base/uuid.h"
#include "clinic/parts.h"

namespace facet::clinic {
namespace {

using base::Json;
using base::Result;
using rest::Reader;

constexpr const char* category_system = "urn:facet:consent";

constexpr const char* scope_system = "http://terminology.hl7.org/CodeSystem/consentscope";
constexpr const char* act_system = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
constexpr const char* version_url = "urn:facet:text-version";
constexpr const char* withdrawn_url = "urn:facet:withdrawn";
constexpr const char* reason_url = "urn:facet:reason";

/// Follows from the category; what is sent must not say otherwise.
void read_scope(Reader& r) {
  if (r.element("scope").is_null()) return;
  const auto code = r.coding("scope", scope_system);
  if (code != "treatment" && code != "patient-privacy")
    r.refuse("scope", "This must be one of: treatment, patient-privacy.");
}

/// {coding: [OPTIN], text}: the text names the words that were agreed to, with their version.
void read_policy(Reader& r, Consent& consent) {
  static const Parts coding{{"system", one_of({act_system}), true},
                            {"code", one_of({"OPTIN"}), true}};
  static const Parts parts{{"coding", list_of(made_of(coding), 1)}, {"text", short_text(200)}};
  const auto& rule = r.element("policyRule");
  if (!rule.is_null()) {
    if (const auto fault = fault_in(rule, parts))
      return r.refuse("policyRule" + fault->field, fault->message);
    if (rule.contains("text")) consent.text_version = rule["text"].get<std::string>();
  }
  const auto version = r.extension_text(version_url);
  if (version && consent.text_version && *version != *consent.text_version)
    r.refuse("policyRule.text", "This and the extension urn:facet:text-version differ.");
  if (version) consent.text_version = *version;
}

void read_performer(Reader& r, Consent& consent) {
  static const Parts parts{{"reference", short_text(80), true}};
  const auto list = read_list(r, "performer", parts, 1);
  if (list.is_null()) return;
  const auto target = list[0]["reference"].get<std::string>();
  for (const auto* type : {"Patient", "RelatedPerson"}) {
    const auto start = std::string(type) + "/";
    if (!target.starts_with(start) || !base::is_fhir_id(target.substr(start.size()))) continue;
    consent.performer_type = type;
    consent.performer_id = target.substr(start.size());
    return;
  }
  r.refuse("performer[0].reference", "This must be a reference to a Patient or RelatedPerson.");
}

void read_withdrawal(Reader& r, Consent& consent) {
  if (const auto when = r.extension_text(withdrawn_url)) {
    consent.withdrawn_ms = base::parse_instant(*when);
    if (!consent.withdrawn_ms) r.refuse("extension", "urn:facet:withdrawn is a date and time.");
  }
  const auto reasons = r.extensions(reason_url);
  if (reasons.empty()) return;
  if (reasons.size() == 1 && short_text(1000).holds(reasons[0]))
    consent.note = reasons[0].get<std::string>();
  else
    r.refuse("extension", "urn:facet:reason is one text of at most 1000 bytes.");
}

Result<Consent> read_consent(const Json& body) {
  Reader r(body, "Consent");
  Consent consent;
  consent.status = r.code("status", {"active", "rejected", "inactive", "entered-in-error"});
  consent.category = r.coding("category", category_system);
  consent.patient_id = r.reference("patient", "Patient");
  consent.given_ms = r.instant("dateTime");
  read_scope(r);
  read_policy(r, consent);
  read_performer(r, consent);
  read_withdrawal(r, consent);
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
  if (c.withdrawn_ms)
    body["extension"].push_back(
        {{"url", withdrawn_url}, {"valueDateTime", base::instant_text(*c.withdrawn_ms)}});
  if (c.note) body["extension"].push_back({{"url", reason_url}, {"valueString", *c.note}});
  body["status"] = c.status;
  body["scope"] = rest::concept_of(scope_system, privacy ? "patient-privacy" : "treatment");
  body["category"] = Json::array({rest::concept_of(category_system, c.category)});
  body["patient"] = rest::reference("Patient", c.patient_id);
  body["dateTime"] = base::instant_text(c.given_ms);
  if (c.performer_id)
    body["performer"] = Json::array({rest::reference(*c.performer_type, *c.performer_id)});
  body["policyRule"] = rest::concept_of(act_system, "OPTIN");
  if (c.text_version) body["policyRule"]["text"] = *c.text_version;
  return body;
}

void mount_consents(const ConsentService& service, rest::FhirServer& fhir) {
  fhir.add(
      fhir_type<Consent>(service.consents, read_consent, write_consent,
                         {{by_patient("patient"), rest::token("status", "status"),
                           rest::token("category", "category"), rest::date("date", "given_ms")},
                          "given_ms",
                          &Consent::given_ms}));
}

}  // namespace facet::clinic
