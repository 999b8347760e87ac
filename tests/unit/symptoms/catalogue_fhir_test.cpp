// SPDX-License-Identifier: MPL-2.0
#include "symptoms/catalogue_fhir.h"

#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <set>

#include "base/json.h"
#include "knowledge/body_part.h"

using namespace facet;
using base::Json;

namespace {

struct Answer final : rest::Response {
  void begin(int http_status) override { status = http_status; }
  void header(std::string_view, std::string_view) override {}
  bool write(std::string_view chunk) override {
    body += chunk;
    return true;
  }
  bool flush() override { return true; }
  Json json() const { return *base::parse_json(body); }
  std::string field() const { return json()["issue"][0]["expression"][0]; }

  int status = 0;
  std::string body;
};

const rest::Router& router() {
  static const rest::Router instance = [] {
    rest::Router made;
    symptoms::mount_catalogue(knowledge::catalogue(), knowledge::measures(), made);
    return made;
  }();
  return instance;
}

Answer ask(std::string_view method, std::string_view path, rest::Pairs query = {},
           std::string_view body = {}) {
  rest::Request request;
  request.method = method;
  request.path = path;
  request.query = std::move(query);
  request.body = body;
  request.authenticated = true;
  Answer answer;
  router().dispatch(request, answer);
  return answer;
}

Answer get(std::string_view path, rest::Pairs query = {}) {
  return ask("GET", path, std::move(query));
}

knowledge::Strings expanded(rest::Pairs query) {
  const auto answer = get("/fhir/ValueSet/symptom/$expand", std::move(query));
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  knowledge::Strings codes;
  for (const auto& each : answer.json()["expansion"].value("contains", Json::array()))
    codes.push_back(each["code"]);
  return codes;
}

const Json& concept_in(const Json& system, const std::string& code) {
  for (const auto& each : system["concept"])
    if (each["code"] == code) return each;
  throw std::out_of_range(code);
}

/// Values of one property, as text.
std::vector<std::string> values(const Json& a_concept, const std::string& property) {
  std::vector<std::string> found;
  for (const auto& each : a_concept["property"])
    if (each["code"] == property)
      for (const auto& [key, value] : each.items())
        if (key != "code") found.push_back(value.is_object() ? value["code"] : value);
  return found;
}

const std::vector<std::string> addresses{
    "/fhir/CodeSystem/symptom",    "/fhir/CodeSystem/spinal-level",
    "/fhir/ValueSet/symptom",      "/fhir/ValueSet/symptom/$expand",
    "/fhir/Questionnaire",         "/fhir/Questionnaire/screening",
    "/fhir/Questionnaire/recheck", "/fhir/Questionnaire/nprs",
    "/fhir/Questionnaire/psfs",    "/fhir/Questionnaire/rmdq-24",
    "/fhir/Questionnaire/change"};

void each_item(const Json& parent, const std::function<void(const Json&)>& act) {
  if (!parent.contains("item")) return;
  for (const auto& item : parent["item"]) {
    act(item);
    each_item(item, act);
  }
}

std::map<std::string, Json> items_of(const std::string& questionnaire) {
  std::map<std::string, Json> found;
  each_item(get("/fhir/Questionnaire/" + questionnaire).json(),
            [&](const Json& item) { found[item["linkId"]] = item; });
  return found;
}

}  // namespace

TEST_CASE("tennis elbow has all that the catalogue knows of it") {
  const auto system = get("/fhir/CodeSystem/symptom").json();
  const auto& elbow = concept_in(system, "tennis_elbow");
  using List = std::vector<std::string>;
  CHECK(elbow["display"] == "Tennis elbow");
  CHECK(elbow["designation"][0]["value"] == "Lateral elbow tendinopathy");
  CHECK(values(elbow, "region") == List{"upper_limb"});
  CHECK(values(elbow, "laterality") == List{"left", "right", "both"});
  CHECK(values(elbow, "nerve") == List{"radial"});
  CHECK(values(elbow, "root") == List{"C6", "C7"});
  CHECK(values(elbow, "spinal-level") == List{"C5-C6", "C6-C7"});
  CHECK(values(elbow, "bed-basis") == List{"adjacent"});
  CHECK(values(elbow, "bed-reach") == List{"none_direct"});
  CHECK(values(elbow, "bed-zone") == List{"upper"});
  CHECK(values(elbow, "bed-segment").size() == 5);
  CHECK(values(elbow, "bed-reason").size() == 1);
  CHECK(values(elbow, "secret") == List{"1", "2", "4"});
  CHECK(values(elbow, "claim-status") == List{"conditional"});
  CHECK(values(elbow, "snomed") == List{"202855006"});
  CHECK(values(elbow, "icd10") == List{"M77.1"});
  CHECK(system["content"] == "complete");
  CHECK(system["count"] == system["concept"].size());
  CHECK(system["concept"].size() == knowledge::catalogue().symptoms().size() + 1);
  CHECK(concept_in(system, "other")["property"][0]["code"] == "free-text");
}

TEST_CASE("every property of a concept is declared, with the type that it has") {
  for (const auto* id : {"symptom", "spinal-level"}) {
    const auto system = get(std::string("/fhir/CodeSystem/") + id).json();
    std::map<std::string, std::string> types;
    for (const auto& each : system["property"]) types[each["code"]] = each["type"];
    for (const auto& one : system["concept"])
      for (const auto& each : one["property"]) {
        auto type = types.at(each["code"]);
        type[0] = static_cast<char>(std::toupper(type[0]));
        INFO(each.dump());
        CHECK(each.size() == 2);
        CHECK(each.contains("value" + type));
      }
  }
}

TEST_CASE("of ICD-10 there are codes and no titles") {
  int codes = 0;
  const std::function<void(const Json&)> walk = [&](const Json& node) {
    if (node.is_object() && node.value("system", Json()) == "http://hl7.org/fhir/sid/icd-10") {
      CHECK(node.size() == 2);
      CHECK(node.contains("code"));
      ++codes;
    }
    if (node.is_structured())
      for (const auto& child : node) walk(child);
  };
  for (const auto& address : addresses) walk(get(address).json());
  walk(get("/fhir/CodeSystem/symptom/$lookup", {{"code", "hip_pain"}}).json());
  CHECK(codes > 46);
}

TEST_CASE("spinal levels run from C0-C1 to L5-S1") {
  const auto system = get("/fhir/CodeSystem/spinal-level").json();
  REQUIRE(system["concept"].size() == 25);
  CHECK(system["concept"][0]["code"] == "C0-C1");
  CHECK(system["concept"][24]["code"] == "L5-S1");
  CHECK(values(concept_in(system, "L4-L5"), "exiting-root") == std::vector<std::string>{"L4"});
}

TEST_CASE("lookup gives one symptom, and refuses what it does not know") {
  const auto found = get("/fhir/CodeSystem/symptom/$lookup", {{"code", "tennis_elbow"}});
  REQUIRE(found.status == 200);
  const auto parameters = found.json()["parameter"];
  CHECK(parameters[0] == Json{{"name", "name"}, {"valueString", "FacetSymptom"}});
  CHECK(parameters[2] == Json{{"name", "display"}, {"valueString", "Tennis elbow"}});
  CHECK(found.body.find("C7-T1") != std::string::npos);
  const auto posted = ask("POST", "/fhir/CodeSystem/symptom/$lookup", {},
                          R"({"resourceType":"Parameters","parameter":[)"
                          R"({"name":"code","valueCode":"tennis_elbow"}]})");
  CHECK(posted.body == found.body);
  CHECK(get("/fhir/CodeSystem/symptom/$lookup", {{"code", "other"}}).status == 200);
  CHECK(get("/fhir/CodeSystem/symptom/$lookup", {{"code", "sore_hat"}}).status == 404);
  CHECK(get("/fhir/CodeSystem/symptom/$lookup").status == 400);
  CHECK(get("/fhir/CodeSystem/symptom/$lookup", {{"code", "hip_pain"}, {"date", "2026"}}).field() ==
        "date");
}

TEST_CASE("expansion finds tennis elbow by what people type, and by region") {
  for (const auto* text : {"elbow", "lateral epi", "M77.1", "tennis elbow"})
    CHECK(expanded({{"filter", text}}).front() == "tennis_elbow");
  CHECK(expanded({{"filter", "lateral epi"}, {"region", "elbow"}}) ==
        knowledge::Strings{"tennis_elbow"});
  CHECK(expanded({{"region", "elbow"}}) == knowledge::Strings{"tennis_elbow", "golfers_elbow"});
  CHECK(expanded({{"filter", "elbow"}, {"region", "knee"}}).empty());
  CHECK(expanded({{"region", "upper_limb"}}).size() > 5);
  for (const auto& part : knowledge::body_parts())
    CHECK_FALSE(expanded({{"region", std::string(part.code)}}).empty());
  CHECK(expanded({{"filter", "something"}}) == knowledge::Strings{"other"});
  CHECK(expanded({}).size() == knowledge::catalogue().symptoms().size() + 1);
}

TEST_CASE("expansion is paged, and always says how many there are") {
  const auto all = expanded({{"filter", "pain"}});
  CHECK(expanded({{"filter", "pain"}, {"count", "2"}}) == knowledge::Strings{all[0], all[1]});
  CHECK(expanded({{"filter", "pain"}, {"count", "2"}, {"offset", "2"}}) ==
        knowledge::Strings{all[2], all[3]});
  CHECK(expanded({{"filter", "pain"}, {"offset", "1000"}}).empty());
  const auto none = get("/fhir/ValueSet/symptom/$expand", {{"count", "0"}}).json()["expansion"];
  CHECK_FALSE(none.contains("contains"));
  CHECK(none["total"] == knowledge::catalogue().symptoms().size() + 1);
}

TEST_CASE("expansion by POST takes Parameters") {
  const auto post = [](const std::string& body, rest::Pairs query = {}) {
    return ask("POST", "/fhir/ValueSet/symptom/$expand", std::move(query), body);
  };
  const auto found = post(R"({"resourceType":"Parameters","parameter":[)"
                          R"({"name":"filter","valueString":"lateral epi"},)"
                          R"({"name":"region","valueCode":"elbow"},)"
                          R"({"name":"count","valueInteger":5}]})");
  REQUIRE(found.status == 200);
  CHECK(found.json()["expansion"]["contains"][0]["code"] == "tennis_elbow");
  CHECK(post(R"({"resourceType":"Parameters"})").status == 200);
  for (const auto* bad :
       {"", "[]", "{}", R"({"resourceType":"ValueSet"})",
        R"({"resourceType":"Parameters","extension":[]})",
        R"({"resourceType":"Parameters","parameter":{}})",
        R"({"resourceType":"Parameters","parameter":[{"name":"filter"}]})",
        R"({"resourceType":"Parameters","parameter":[{"name":"filter","valueString":5}]})",
        R"({"resourceType":"Parameters","parameter":[{"name":"filter","valueBoolean":true}]})",
        R"({"resourceType":"Parameters","parameter":[{"name":"colour","valueString":"red"}]})"}) {
    INFO(bad);
    CHECK(post(bad).status == 400);
  }
  CHECK(post(R"({"resourceType":"Parameters","parameter":[{"name":"count","valueInteger":1}]})",
             {{"count", "1"}})
            .field() == "count");
}

TEST_CASE("a parameter that is unknown, given twice or out of range is refused by name") {
  for (const auto& address : addresses) {
    INFO(address);
    CHECK(get(address).status == 200);
    const auto refused = get(address, {{"colour", "red"}});
    CHECK(refused.status == 400);
    CHECK(refused.json()["resourceType"] == "OperationOutcome");
    CHECK(refused.field() == "colour");
  }
  const auto refused = [](const char* name, const std::string& value) {
    const auto answer = get("/fhir/ValueSet/symptom/$expand", {{name, value}});
    return answer.status == 400 && answer.field() == name;
  };
  CHECK(refused("count", "-1"));
  CHECK(refused("count", "1001"));
  CHECK(refused("count", "ten"));
  CHECK(refused("count", ""));
  CHECK_FALSE(refused("count", "1000"));
  CHECK(refused("offset", "1.5"));
  CHECK(refused("region", "tail"));
  CHECK(refused("region", ""));
  CHECK(refused("url", "urn:other"));
  CHECK_FALSE(refused("url", "urn:facet:valueset:symptom"));
  CHECK(refused("filter", std::string(201, 'x')));
  CHECK_FALSE(refused("filter", std::string(200, 'x')));
  CHECK(get("/fhir/ValueSet/symptom/$expand", {{"filter", "a"}, {"filter", "b"}}).status == 400);
}

TEST_CASE("questionnaires are found by id and by url") {
  CHECK(get("/fhir/Questionnaire").json()["total"] == 6);
  for (const auto* id : {"screening", "recheck", "nprs", "psfs", "rmdq-24", "change"}) {
    const auto url = std::string("urn:facet:questionnaire:") + id;
    const auto by_url = get("/fhir/Questionnaire", {{"url", url}}).json();
    REQUIRE(by_url["total"] == 1);
    CHECK(by_url["entry"][0]["resource"] == get(std::string("/fhir/Questionnaire/") + id).json());
    CHECK(get("/fhir/Questionnaire", {{"_id", id}}).json()["entry"][0]["resource"]["url"] == url);
  }
  CHECK(get("/fhir/Questionnaire", {{"url", "urn:none"}}).json()["total"] == 0);
  CHECK(get("/fhir/Questionnaire", {{"_id", "nprs"}, {"url", "urn:none"}}).json()["total"] == 0);
  CHECK(get("/fhir/Questionnaire/odi").status == 404);
}

TEST_CASE("every questionnaire keeps the rules of R4") {
  const std::set<std::string> types{"group",       "display",    "boolean",   "decimal",
                                    "integer",     "date",       "dateTime",  "time",
                                    "string",      "text",       "url",       "choice",
                                    "open-choice", "attachment", "reference", "quantity"};
  for (const auto* id : {"screening", "recheck", "nprs", "psfs", "rmdq-24", "change"}) {
    const auto form = get(std::string("/fhir/Questionnaire/") + id).json();
    for (const auto* name : {"url", "version", "name", "title", "status", "item"})
      CHECK(form.contains(name));
    std::set<std::string> link_ids;
    each_item(form, [&](const Json& item) {
      INFO(id << " " << item.dump());
      const std::string type = item["type"];
      CHECK(types.count(type) == 1);
      CHECK(link_ids.insert(item["linkId"]).second);                  // que-2
      if (type == "group") CHECK(item.contains("item"));              // que-1
      if (type == "display") CHECK_FALSE(item.contains("item"));      // que-1
      if (type == "display") CHECK_FALSE(item.contains("required"));  // que-6
      if (item.contains("answerOption")) CHECK(type == "choice");     // que-5
      if (item.contains("maxLength")) CHECK(type == "string");        // que-10
      if (item.contains("enableWhen") && item["enableWhen"].size() > 1)
        CHECK(item["enableBehavior"] == "any");  // que-12
    });
    each_item(form, [&](const Json& item) {
      if (item.contains("enableWhen"))
        for (const auto& when : item["enableWhen"]) CHECK(link_ids.count(when["question"]) == 1);
    });
  }
}

TEST_CASE("screening asks each question once, with yes, no and not sure") {
  const auto items = items_of("screening");
  const auto& catalogue = knowledge::catalogue();
  std::size_t expected = catalogue.red_flags().size() + catalogue.contraindications().size();
  for (const auto& flag : catalogue.red_flags()) expected += flag.items.size();
  CHECK(items.size() == expected);
  for (const auto& [link_id, item] : items) {
    INFO(link_id);
    if (item["type"] == "group") continue;
    CHECK(item["type"] == "choice");
    REQUIRE(item["answerOption"].size() == 3);
    CHECK(item["answerOption"][2]["valueCoding"]["code"] == "unsure");
  }
  CHECK(items.at("rf_ces_saddle")["type"] == "group");
  CHECK(items.at("rf_ces_saddle.thighs")["required"] == true);
  CHECK(items.at("rf_night_pain")["item"][0]["enableWhen"].size() == 2);
  CHECK(items.at("ci_under_18")["required"] == false);
  CHECK(items.at("ci_under_18")["extension"][0]["valueCode"] == "record");
}

TEST_CASE("screening requires what everybody is asked, and names the symptoms that add the rest") {
  const auto items = items_of("screening");
  const auto& asked = knowledge::catalogue().logic().ask_before_bed;
  for (const auto& flag : knowledge::catalogue().red_flags()) {
    const auto& item = items.at(flag.id);
    const bool always = std::find(asked.begin(), asked.end(), flag.id) != asked.end();
    INFO(flag.id);
    if (item.contains("required")) CHECK(item["required"] == always);
    if (!always) CHECK(item["extension"][0]["url"] == "urn:facet:asked-for");
  }
  const auto& thunderclap = items.at("rf_thunderclap");
  CHECK(thunderclap.dump().find("\"headache\"") != std::string::npos);
}

TEST_CASE("the check at each visit is the shorter list, with the same items") {
  const auto screening = items_of("screening");
  const auto form = get("/fhir/Questionnaire/recheck").json();
  const auto& ids = knowledge::catalogue().logic().recheck_each_visit;
  REQUIRE(form["item"].size() == ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    CHECK(form["item"][i]["linkId"] == ids[i]);
    CHECK(form["item"][i] == screening.at(ids[i]));
  }
}

TEST_CASE("a measure carries its notice, its words and its range") {
  const auto rmdq = get("/fhir/Questionnaire/rmdq-24").json();
  CHECK(rmdq["copyright"] == knowledge::find_measure("rmdq-24")->licence.notice);
  REQUIRE(rmdq["item"].size() == 25);
  CHECK(rmdq["item"][0]["type"] == "display");
  CHECK(rmdq["item"][1]["text"] == "I stay at home most of the time because of my back.");
  CHECK(rmdq["item"][24]["type"] == "boolean");
  CHECK_FALSE(rmdq["item"][24].contains("required"));
  CHECK_FALSE(get("/fhir/Questionnaire/nprs").json().contains("copyright"));

  const auto now = items_of("nprs").at("now");
  CHECK(now["type"] == "integer");
  CHECK(now["extension"][0]["valueInteger"] == 0);
  CHECK(now["extension"][1]["valueInteger"] == 10);
  CHECK(items_of("change").at("change")["item"].size() == 7);

  const auto psfs = items_of("psfs");
  CHECK(psfs.at("activity3")["required"] == true);
  CHECK(psfs.at("activity4")["required"] == false);
  CHECK(psfs.at("activity1.activity")["type"] == "string");
  CHECK(psfs.at("activity1.score")["type"] == "integer");
}

TEST_CASE("no note for staff is in any answer") {
  std::vector<std::string> answers;
  for (const auto& address : addresses) answers.push_back(get(address).json().dump());
  for (const auto& symptom : knowledge::catalogue().symptoms())
    answers.push_back(
        get("/fhir/CodeSystem/symptom/$lookup", {{"code", symptom.id}}).json().dump());
  std::vector<std::string> notes;
  for (const auto& flag : knowledge::catalogue().red_flags()) notes.push_back(flag.staff_note);
  for (const auto& each : knowledge::catalogue().contraindications()) {
    notes.push_back(each.why);
    notes.push_back(each.clear_note);
  }
  for (const auto& symptom : knowledge::catalogue().symptoms())
    notes.push_back(symptom.evidence_note);
  int searched = 0;
  for (const auto& note : notes) {
    if (note.empty()) continue;
    ++searched;
    const auto quoted = Json(note).dump();
    for (const auto& answer : answers)
      CHECK(answer.find(quoted.substr(1, quoted.size() - 2)) == std::string::npos);
  }
  CHECK(searched > 100);
}

TEST_CASE("nobody gets the catalogue without a log-in") {
  rest::Request request;
  request.method = "GET";
  for (const auto& address : addresses) {
    request.path = address;
    Answer answer;
    router().dispatch(request, answer);
    CHECK(answer.status == 401);
  }
}
