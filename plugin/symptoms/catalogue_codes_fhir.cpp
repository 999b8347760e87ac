// SPDX-License-Identifier: MPL-2.0
#include "symptoms/catalogue_codes_fhir.h"

#include "base/time_text.h"
#include "base/uuid.h"
#include "knowledge/symptom_search.h"
#include "knowledge/symptom_view.h"
#include "rest/reader.h"
#include "symptoms/observation.h"

namespace facet::symptoms {
namespace {

using base::Json;
using knowledge::Catalogue;
using knowledge::code_of;
using knowledge::Symptom;

constexpr const char* nerve_system = "urn:facet:nerve";
constexpr const char* secret_system = "urn:facet:secret";
constexpr const char* snomed_system = "http://snomed.info/sct";
constexpr const char* icd10_system = "http://hl7.org/fhir/sid/icd-10";
constexpr const char* value_set_url = "urn:facet:valueset:symptom";
constexpr const char* other_display = "Something else";
constexpr const char* other_definition =
    "A symptom that is not in the list: recorded with a region of the body and the patient's words";

/// One property of a concept; `value` names its FHIR type.
struct Property {
  const char* code;
  const char* type;
  Json value;
};

Json value_of(const Property& property, const std::string& name_of_code) {
  std::string type = property.type;
  type[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(type[0])));
  return {{name_of_code, property.code}, {"value" + type, property.value}};
}

struct Declared {
  const char* code;
  const char* type;
  const char* description;
};

constexpr Declared symptom_properties[] = {
    {"region", "code", "Region of the body"},
    {"laterality", "code", "A side that may be recorded; none: side is not asked"},
    {"body-site", "Coding", "SNOMED CT body structure"},
    {"nerve", "Coding", "A nerve that serves the place"},
    {"root", "code", "A nerve root"},
    {"spinal-level", "code", "A spinal joint where a root leaves"},
    {"bed-basis", "code", "segmental; adjacent (the author's method, not anatomy); none"},
    {"bed-reach", "code", "How far the bed reaches: full, partial, none_direct, none"},
    {"bed-zone", "code", "A third of the back that the bed may press: upper, mid, lower"},
    {"bed-segment", "code", "A spinal joint that the bed may press"},
    {"bed-reason", "string", "Why the reach is less than full; shown with it"},
    {"secret", "Coding", "One of Chongsu Lee's four ideas that it illustrates; not a cause"},
    {"named-by-author", "boolean", "Whether Chongsu Lee's texts name it"},
    {"claim-status", "code", "What may be said in public about care for it"},
    {"severity", "Coding", "Scale of its severity, 0 to 10"},
    {"snomed", "Coding", "SNOMED CT id and name"},
    {"icd10", "Coding", "Code of the WHO's ICD-10; its title is not here"},
    {"icd10-alternative", "Coding", "Another code of the WHO's ICD-10"},
    {"free-text", "boolean", "Recorded with a region and the patient's words"}};

constexpr Declared level_properties[] = {
    {"order", "integer", "0 for C0-C1, from the head down"},
    {"exiting-root", "code", "A nerve root that leaves here"},
    {"traversing-root", "code", "A nerve root that passes here"},
    {"bed-reach", "boolean", "Whether a bed reaches it if its own settings say nothing else"},
    {"bed-zone", "code", "Third of the back; none: above the reach"},
    {"upper-vertebra", "Coding", "SNOMED CT body structure"},
    {"lower-vertebra", "Coding", "SNOMED CT body structure"},
    {"disc", "Coding", "SNOMED CT body structure"}};

template <std::size_t N>
Json declarations(const Declared (&properties)[N]) {
  Json list = Json::array();
  for (const auto& each : properties)
    list.push_back({{"code", each.code}, {"description", each.description}, {"type", each.type}});
  return list;
}

Json coding(const char* system, const std::string& code, const std::string& display = {}) {
  return rest::coding(system, code, display);
}

std::vector<Property> properties_of(const Catalogue& catalogue, const Symptom& symptom) {
  const auto view = knowledge::describe(catalogue, symptom);
  std::vector<Property> all{{"region", "code", code_of(symptom.region)}};
  const auto add = [&](const char* code, const char* type, Json value) {
    all.push_back({code, type, std::move(value)});
  };
  for (const auto side : symptom.laterality) add("laterality", "code", code_of(side));
  add("body-site", "Coding", coding(snomed_system, symptom.body_site.id, symptom.body_site.text));
  for (const auto* nerve : view.nerves)
    add("nerve", "Coding", coding(nerve_system, nerve->id, nerve->name));
  for (const auto& root : symptom.roots) add("root", "code", root);
  for (const auto& level : symptom.anatomical_segments) add("spinal-level", "code", level);
  add("bed-basis", "code", code_of(symptom.bed.basis));
  add("bed-reach", "code", code_of(symptom.bed.reach));
  for (const auto zone : symptom.bed.zones) add("bed-zone", "code", code_of(zone));
  for (const auto& level : symptom.bed.segments) add("bed-segment", "code", level);
  if (!symptom.bed.reason.empty()) add("bed-reason", "string", symptom.bed.reason);
  for (const auto* secret : view.secrets)
    add("secret", "Coding", coding(secret_system, std::to_string(secret->id), secret->idea));
  add("named-by-author", "boolean", symptom.named_by_author);
  add("claim-status", "code", code_of(symptom.claim_status));
  add("severity", "Coding",
      coding(symptom.severity.system.c_str(), symptom.severity.code, symptom.severity.name));
  add("snomed", "Coding", coding(snomed_system, symptom.snomed.id, symptom.snomed.fsn));
  add("icd10", "Coding", coding(icd10_system, symptom.icd10.code));
  for (const auto& code : symptom.icd10.alternatives)
    add("icd10-alternative", "Coding", coding(icd10_system, code));
  return all;
}

Json designations(const Catalogue& catalogue, const Symptom& symptom) {
  return Json::array({{{"language", catalogue.symptoms_about().language},
                       {"use", coding(snomed_system, "900000000000013009", "Synonym")},
                       {"value", symptom.clinical_name}}});
}

Json properties_json(const std::vector<Property>& properties) {
  Json list = Json::array();
  for (const auto& each : properties) list.push_back(value_of(each, "code"));
  return list;
}

const Property free_text{"free-text", "boolean", true};

Json symptom_concept(const Catalogue& catalogue, const Symptom& symptom) {
  return {{"code", symptom.id},
          {"display", symptom.plain_name},
          {"definition", symptom.clinical_name},
          {"designation", designations(catalogue, symptom)},
          {"property", properties_json(properties_of(catalogue, symptom))}};
}

std::vector<Property> properties_of(const knowledge::SpinalLevel& level) {
  std::vector<Property> all{{"order", "integer", level.order}};
  for (const auto& root : level.exiting_roots) all.push_back({"exiting-root", "code", root});
  for (const auto& root : level.traversing_roots) all.push_back({"traversing-root", "code", root});
  all.push_back({"bed-reach", "boolean", level.bed_reach_default});
  all.push_back({"bed-zone", "code", code_of(level.zone)});
  const auto add = [&](const char* code, const std::string& id) {
    if (!id.empty()) all.push_back({code, "Coding", coding(snomed_system, id)});
  };
  add("upper-vertebra", level.upper_vertebra_sct);
  add("lower-vertebra", level.lower_vertebra_sct);
  add("disc", level.disc_sct);
  return all;
}

std::string copyright(const Catalogue& catalogue) {
  const auto& licences = catalogue.symptoms_about().licences;
  return "This product includes SNOMED CT, \u00a9 SNOMED International. " + licences.snomed + " ICD-10: " + licences.icd10 +
         " LOINC: " + licences.loinc;
}

Json code_system(const Catalogue& catalogue, const char* id, const char* url, const char* name,
                 const char* title, Json concepts) {
  return {{"resourceType", "CodeSystem"},
          {"id", id},
          {"url", url},
          {"version", catalogue.symptoms_about().version},
          {"name", name},
          {"title", title},
          {"status", "draft"},
          {"copyright", copyright(catalogue)},
          {"caseSensitive", true},
          {"content", "complete"},
          {"count", concepts.size()},
          {"concept", std::move(concepts)}};
}

Json value_set_head(const Catalogue& catalogue) {
  return {{"resourceType", "ValueSet"}, {"id", "symptom"},
          {"url", value_set_url},       {"version", catalogue.symptoms_about().version},
          {"name", "FacetSymptoms"},    {"title", "Symptoms"},
          {"status", "draft"}};
}

bool other_fits(const Expansion& asked) {
  if (asked.region) return false;
  std::string wanted;
  for (const char c : asked.filter)
    wanted.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  return std::string("something else").rfind(wanted, 0) == 0 ||
         std::string(knowledge::other_symptom_id).rfind(wanted, 0) == 0;
}

Json matches(const Catalogue& catalogue, const Expansion& asked) {
  Json found = Json::array();
  for (const auto* symptom : knowledge::search_symptoms(catalogue, asked.filter))
    if (!asked.region || asked.region->holds(*symptom))
      found.push_back({{"system", symptom_system},
                       {"code", symptom->id},
                       {"display", symptom->plain_name},
                       {"designation", designations(catalogue, *symptom)}});
  if (other_fits(asked))
    found.push_back({{"system", symptom_system},
                     {"code", knowledge::other_symptom_id},
                     {"display", other_display}});
  return found;
}

Json echoed(const Expansion& asked) {
  Json list = Json::array();
  if (!asked.filter.empty()) list.push_back({{"name", "filter"}, {"valueString", asked.filter}});
  if (asked.region) list.push_back({{"name", "region"}, {"valueCode", asked.region->code}});
  if (asked.offset) list.push_back({{"name", "offset"}, {"valueInteger", asked.offset}});
  if (asked.count) list.push_back({{"name", "count"}, {"valueInteger", *asked.count}});
  return list;
}

}  // namespace

Json symptom_code_system(const Catalogue& catalogue) {
  Json concepts = Json::array();
  for (const auto& symptom : catalogue.symptoms())
    concepts.push_back(symptom_concept(catalogue, symptom));
  concepts.push_back({{"code", knowledge::other_symptom_id},
                      {"display", other_display},
                      {"definition", other_definition},
                      {"property", properties_json({free_text})}});
  auto system = code_system(catalogue, "symptom", symptom_system, "FacetSymptom", "Symptoms",
                            std::move(concepts));
  system["valueSet"] = value_set_url;
  system["property"] = declarations(symptom_properties);
  return system;
}

Json spinal_level_code_system(const Catalogue& catalogue) {
  Json concepts = Json::array();
  for (const auto& level : catalogue.spinal_levels())
    concepts.push_back({{"code", level.id},
                        {"display", level.id},
                        {"property", properties_json(properties_of(level))}});
  auto system = code_system(catalogue, "spinal-level", level_system, "FacetSpinalLevel",
                            "Joints of the spine", std::move(concepts));
  system["property"] = declarations(level_properties);
  return system;
}

base::Result<Json> look_up_symptom(const Catalogue& catalogue, const std::string& code) {
  const auto* symptom = catalogue.find_symptom(code);
  const bool is_other = code == knowledge::other_symptom_id;
  if (!symptom && !is_other)
    return base::fail(base::ErrorCode::not_found, "code", "There is no symptom with this code.");
  Json parameters = Json::array();
  const auto add = [&](const char* name, const std::string& text) {
    parameters.push_back({{"name", name}, {"valueString", text}});
  };
  add("name", "FacetSymptom");
  add("version", catalogue.symptoms_about().version);
  add("display", symptom ? symptom->plain_name : other_display);
  if (symptom)
    for (const auto& each : designations(catalogue, *symptom))
      parameters.push_back(
          {{"name", "designation"},
           {"part", Json::array({{{"name", "language"}, {"valueCode", each["language"]}},
                                 {{"name", "use"}, {"valueCoding", each["use"]}},
                                 {{"name", "value"}, {"valueString", each["value"]}}})}});
  for (const auto& each : symptom ? properties_of(catalogue, *symptom) : std::vector{free_text}) {
    Json value = value_of(each, "name");
    value["name"] = "value";
    parameters.push_back(
        {{"name", "property"},
         {"part", Json::array({{{"name", "code"}, {"valueCode", each.code}}, std::move(value)})}});
  }
  return Json{{"resourceType", "Parameters"}, {"parameter", std::move(parameters)}};
}

Json symptom_value_set(const Catalogue& catalogue) {
  auto value_set = value_set_head(catalogue);
  value_set["compose"] = {{"include", Json::array({{{"system", symptom_system}}})}};
  return value_set;
}

Json expand_symptoms(const Catalogue& catalogue, const Expansion& asked, std::int64_t now_ms) {
  const Json found = matches(catalogue, asked);
  Json page = Json::array();
  const auto most = asked.count.value_or(found.size());
  for (auto i = asked.offset; i < found.size() && page.size() < most; ++i) page.push_back(found[i]);
  Json expansion{{"identifier", "urn:uuid:" + base::uuid_v7(now_ms)},
                 {"timestamp", base::instant_text(now_ms)},
                 {"total", found.size()},
                 {"offset", asked.offset}};
  if (auto parameters = echoed(asked); !parameters.empty())
    expansion["parameter"] = std::move(parameters);
  if (!page.empty()) expansion["contains"] = std::move(page);
  auto value_set = value_set_head(catalogue);
  value_set["expansion"] = std::move(expansion);
  return value_set;
}

}  // namespace facet::symptoms
