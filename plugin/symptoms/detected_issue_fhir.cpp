// SPDX-License-Identifier: MPL-2.0
#include "symptoms/detected_issue_fhir.h"

#include "symptoms/rule_text.h"

namespace facet::symptoms {
namespace {

using base::Json;
using base::Result;
using rest::Reader;

constexpr const char* until_url = "urn:facet:valid-until";
constexpr const char* advice_url = "urn:facet:doctor-advice";
constexpr std::size_t most_text_bytes = 10'000;

/// The reader's object as a resource of that name, so that a Reader takes it.
Json named(const Json& part, const char* name) {
  Json object = part.is_object() ? part : Json::object();
  object["resourceType"] = name;
  return object;
}

std::string short_text(const Json& part, const char* value) {
  if (!part.is_object() || part.size() != 2 || !part.contains(value) || !part[value].is_string())
    return {};
  const auto& text = part[value].get_ref<const std::string&>();
  return text.size() <= 200 ? text : std::string();
}

/// {"name", "registration", "date"} as JSON.
std::optional<std::string> read_advice(Reader& mitigation) {
  const auto found = mitigation.whole_extensions(advice_url);
  if (found.empty()) return {};
  Json advice = Json::object();
  if (found.size() == 1 && found[0].size() == 2 && found[0].contains("extension") &&
      found[0]["extension"].is_array())
    for (const auto& part : found[0]["extension"]) {
      const auto url = part.is_object() ? part.value("url", Json()) : Json();
      if (url == "name" || url == "registration") {
        if (!advice.contains(url.get<std::string>()))
          advice[url.get<std::string>()] = short_text(part, "valueString");
      } else if (url == "date") {
        advice["date"] = short_text(part, "valueDate");
      } else {
        advice["?"] = "";
      }
    }
  const auto day = base::parse_date(advice.value("date", ""));
  if (advice.size() == 3 && day && day->day != 0 && advice.value("name", "") != "" &&
      advice.value("registration", "") != "")
    return Json{{"name", advice["name"]},
                {"registration", advice["registration"]},
                {"date", advice["date"]}}
        .dump();
  mitigation.refuse("extension", std::string(advice_url) +
                                     " has three extensions: name and registration (valueString) of "
                                     "a doctor, and date (valueDate) of the written advice.");
  return {};
}

void read_decision(const Json& part, DetectedIssue& issue, Reader& r) {
  const Json object = named(part, "mitigation[0]");
  Reader m(object, "mitigation[0]");
  const auto& action = m.element("action");
  if (action.is_object() && action.size() == 1 && action.contains("text") &&
      action["text"].is_string() &&
      action["text"].get_ref<const std::string&>().size() <= most_text_bytes)
    issue.mitigation = action["text"].get<std::string>();
  if (!issue.mitigation || issue.mitigation->find_first_not_of(" \t\r\n") == std::string::npos)
    m.refuse("action", "This is {text: what was assessed and decided}, at most 10000 bytes.");
  issue.mitigated_ms = m.instant("date");
  issue.mitigated_by = m.reference("author", "Practitioner");
  const auto until = m.extension_text(until_url);
  issue.mitigated_until_ms = until ? base::parse_instant(*until) : std::nullopt;
  if (!issue.mitigated_until_ms)
    m.refuse("extension", std::string("This needs ") + until_url + " with a valueInstant.");
  issue.advice = read_advice(m);
  if (auto ok = m.finish(); !ok) r.refuse(ok.error().field, ok.error().message);
}

Result<DetectedIssue> read_issue(const Json& body) {
  Reader r(body, "DetectedIssue");
  DetectedIssue issue;
  issue.status = r.code("status", {"final", "entered-in-error"});
  issue.rule_id = r.coding("code", rule_system);
  issue.severity = r.code("severity", {"high", "moderate"});
  issue.patient_id = r.reference("patient", "Patient");
  issue.identified_ms = r.instant("identifiedDateTime");
  const auto& implicated = r.element("implicated");
  if (implicated.is_array() && implicated.size() == 1) {
    const Json one{{"resourceType", "implicated"}, {"of", implicated[0]}};
    Reader response(one, "implicated");
    issue.response_id = response.reference("of", "QuestionnaireResponse");
    if (auto ok = response.finish(); !ok) r.refuse("implicated", ok.error().message);
  } else if (!implicated.is_null()) {
    r.refuse("implicated", "This is a list of one QuestionnaireResponse.");
  }
  const auto& mitigation = r.element("mitigation");
  if (mitigation.is_array() && mitigation.size() == 1)
    read_decision(mitigation[0], issue, r);
  else if (!mitigation.is_null())
    r.refuse("mitigation", "This is a list of one decision; leave it out to withdraw it.");
  if (auto ok = r.finish(); !ok) return base::pass(ok);
  return issue;
}

Json write_decision(const DetectedIssue& i) {
  Json extensions = Json::array(
      {{{"url", until_url}, {"valueInstant", base::instant_text(*i.mitigated_until_ms)}}});
  if (i.advice) {
    const Json advice = Json::parse(*i.advice);
    extensions.push_back(
        {{"url", advice_url},
         {"extension",
          Json::array({{{"url", "name"}, {"valueString", advice["name"]}},
                       {{"url", "registration"}, {"valueString", advice["registration"]}},
                       {{"url", "date"}, {"valueDate", advice["date"]}}})}});
  }
  Json author = rest::reference("Practitioner", i.mitigated_by.value_or(""));
  author["display"] = i.mitigated_role.value_or("") + ", " + i.regulator.value_or("") + " " +
                      i.registration_number.value_or("");
  Json decision{{"extension", std::move(extensions)}};
  decision["action"] = {{"text", i.mitigation.value_or("")}};
  decision["date"] = base::instant_text(*i.mitigated_ms);
  decision["author"] = std::move(author);
  return decision;
}

Json write_issue(const DetectedIssue& i) {
  Json body = rest::resource("DetectedIssue", i.id, i.version.number, i.version.recorded_ms);
  body["status"] = i.status;
  body["code"] = rest::concept_of(rule_system, i.rule_id, rule_text(i.rule_id));
  body["severity"] = i.severity;
  body["patient"] = rest::reference("Patient", i.patient_id);
  body["identifiedDateTime"] = base::instant_text(i.identified_ms);
  if (i.response_id)
    body["implicated"] = Json::array({rest::reference("QuestionnaireResponse", *i.response_id)});
  if (i.mitigated_ms) body["mitigation"] = Json::array({write_decision(i)});
  return body;
}

}  // namespace

void mount_detected_issues(const DetectedIssueService& service, rest::FhirServer& fhir) {
  fhir.add(clinic::fhir_type<DetectedIssue>(
      service.issues, read_issue, write_issue,
      {{clinic::by_patient("patient"), rest::token("status", "status"), rest::token("code", "rule_id"),
        rest::date("identified", "identified_ms"),
        rest::reference_to("QuestionnaireResponse", "implicated", "response_id", "implicated")},
       "identified_ms",
       &DetectedIssue::identified_ms}));
}

}  // namespace facet::symptoms
