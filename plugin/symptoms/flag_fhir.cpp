// SPDX-License-Identifier: MPL-2.0
#include "symptoms/flag_fhir.h"

#include "symptoms/rule_text.h"

namespace facet::symptoms {
namespace {

using base::Json;
using base::Result;
using rest::Reader;

constexpr const char* category_system = "urn:facet:flag";
constexpr std::size_t most_text_bytes = 2000;

void read_period(Reader& r, Flag& flag) {
  Json period = r.element("period");
  if (!period.is_object()) return r.refuse("period", "This needs a start, like 2026-11-22T09:30:00Z.");
  period["resourceType"] = "period";
  Reader inner(period, "period");
  flag.start_ms = inner.instant("start");
  flag.end_ms = inner.optional_instant("end");
  if (auto ok = inner.finish(); !ok) r.refuse(ok.error().field, ok.error().message);
}

std::string read_text(Reader& r) {
  const auto& code = r.element("code");
  const bool good = code.is_object() && code.size() == 1 && code.contains("text") &&
                    code["text"].is_string() && !code["text"].get_ref<const std::string&>().empty() &&
                    code["text"].get_ref<const std::string&>().size() <= most_text_bytes;
  if (good) return code["text"].get<std::string>();
  r.refuse("code", "This is {text: what staff should know}, at most 2000 bytes.");
  return {};
}

Result<Flag> read_flag(const Json& body) {
  Reader r(body, "Flag");
  Flag flag;
  flag.status = r.code("status", {"active", "inactive", "entered-in-error"});
  flag.category = r.coding("category", category_system);
  if (const auto& c = flag.category;
      c != "safety" && c != "clinical" && c != "admin" && c != "contact")
    r.refuse("category", "This must be one of: safety, clinical, admin, contact.");
  flag.patient_id = r.reference("subject", "Patient");
  flag.encounter_id = r.optional_reference("encounter", "Encounter");
  flag.text = read_text(r);
  read_period(r, flag);
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return flag;
}

Json write_flag(const Flag& f) {
  Json body = rest::resource("Flag", f.id, f.version.number, f.version.recorded_ms);
  body["status"] = f.status;
  body["category"] = Json::array({rest::concept_of(category_system, f.category)});
  body["code"] = f.rule_id ? rest::concept_of(rule_system, *f.rule_id, rule_text(*f.rule_id))
                           : Json{{"text", f.text.value_or("")}};
  body["subject"] = rest::reference("Patient", f.patient_id);
  if (f.encounter_id) body["encounter"] = rest::reference("Encounter", *f.encounter_id);
  body["period"] = {{"start", base::instant_text(f.start_ms)}};
  if (f.end_ms) body["period"]["end"] = base::instant_text(*f.end_ms);
  return body;
}

}  // namespace

void mount_flags(const FlagService& service, rest::FhirServer& fhir) {
  fhir.add(clinic::fhir_type<Flag>(
      service.flags, read_flag, write_flag,
      {{clinic::by_patient(), rest::token("status", "status"), rest::token("category", "category"),
        rest::token("code", "rule_id"), rest::date("date", "start_ms"),
        rest::reference_to("Encounter", "encounter", "encounter_id", "encounter")},
       "start_ms",
       &Flag::start_ms}));
}

}  // namespace facet::symptoms
