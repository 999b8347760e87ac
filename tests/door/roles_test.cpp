// SPDX-License-Identifier: MPL-2.0
#include <cstring>

#include <set>

#include "door/safety.h"
#include "door/visits.h"
#include "entry/http_edge.h"

using namespace facet;
using namespace facet::testing;

namespace {

/// Who may: p physiotherapist, r reception, a admin; "pra0" is everybody who has logged in. An
/// empty text: nobody. "-": there is no such interaction.
struct Type {
  const char* name;
  std::string readers;  // read, vread, history, search by GET and by POST
  std::string writers;  // create, update
  const char* search = "?patient=ann";
  bool history = true;
};

/// A new type of FhirServer is one row here.
const std::vector<Type> types{
    {"Organization", "pra", "a", "?_count=1"},
    {"Location", "pra", "a", "?_count=1"},
    {"Device", "pra", "a", "?_count=1"},
    {"Practitioner", "pra", "a", "?_count=1"},
    {"PractitionerRole", "pra", "a", "?_count=1"},
    {"Schedule", "pra", "a", "?_count=1"},
    {"Patient", "pra", "pra", "?_count=1"},
    {"RelatedPerson", "pra", "pra"},
    {"Consent", "p", "p"},
    {"EpisodeOfCare", "p", "p"},
    {"Encounter", "p", "p"},
    {"Observation", "p", "p"},
    {"Condition", "p", "p"},
    {"Provenance", "p", "-"},
    {"QuestionnaireResponse", "p", "p"},
    {"Flag", "p", "p"},
    {"DetectedIssue", "p", "p"},
    {"ClinicalImpression", "p", "p"},
    {"ServiceRequest", "pra", "p"},
    {"Appointment", "pra", "pr", "?patient=ann", false},
    {"DocumentReference", "p", "-"},
    {"Procedure", "p", "-"},
};

/// An address of its own. Who may not is answered 403; `status` is what the others get.
struct Address {
  const char* method;
  const char* pattern;  // as Router::add took it
  std::string allowed;
  int status;
  std::string url = {};  // empty: the pattern
  std::string body = {};
};

const std::string everybody = "pra0";
const char* const code_to_pair = R"({"resourceType":"Parameters","parameter":[)"
                                 R"({"name":"code","valueString":"ABCDE12345"}]})";
const char* const other_patient =
    R"({"resourceType":"Parameters","parameter":[)"
    R"({"name":"other","valueReference":{"reference":"Patient/none"}}]})";

/// A new route that is no FhirServer type's is one row here.
const std::vector<Address> addresses{
    {"GET", "/fhir/metadata", everybody, 200},
    {"POST", "/fhir", everybody, 200, "",
     R"({"resourceType":"Bundle","type":"transaction","entry":[]})"},  // each entry by its own type
    {"POST", "/fhir/Patient/{id}/$merge", "pa", 400, "/fhir/Patient/ann/$merge", other_patient},
    {"POST", "/fhir/Patient/{id}/$unmerge", "pa", 400, "/fhir/Patient/ann/$unmerge", other_patient},
    {"GET", "/fhir/Patient/{id}/$gate", "pra", 200,
     "/fhir/Patient/ann/$gate?service-request=order1"},
    {"GET", "/fhir/Patient/{id}/$gate-history", "pa", 200, "/fhir/Patient/ann/$gate-history"},
    {"POST", "/fhir/Patient/{id}/$handout", "p", 201, "/fhir/Patient/ann/$handout"},
    {"POST", "/fhir/DocumentReference/{id}/$enter-in-error", "p", 404,
     "/fhir/DocumentReference/none/$enter-in-error"},
    {"GET", "/fhir/Binary/{id}", "p", 404, "/fhir/Binary/none"},
    {"GET", "/fhir/Encounter/$drafts", "p", 200},
    {"GET", "/fhir/Encounter/{id}/$draft", "p", 404, "/fhir/Encounter/none/$draft"},
    {"PUT", "/fhir/Encounter/{id}/$draft", "p", 400, "/fhir/Encounter/none/$draft", "{}"},
    {"DELETE", "/fhir/Encounter/{id}/$draft", "p", 404, "/fhir/Encounter/none/$draft"},
    {"POST", "/fhir/Encounter/{id}/$sign", "p", 404, "/fhir/Encounter/none/$sign"},
    {"POST", "/fhir/Provenance", "", 405, "", "{}"},
    {"PUT", "/fhir/Provenance/{id}", "", 405, "/fhir/Provenance/x", "{}"},
    {"GET", "/fhir/Slot", "pra", 200, "/fhir/Slot?schedule=Schedule/diary&_count=1"},
    {"GET", "/fhir/AuditEvent", "a", 200, "/fhir/AuditEvent?patient=ann"},
    {"POST", "/fhir/Slot/_search", "pra", 200, "", "schedule=Schedule/diary&_count=1"},
    {"POST", "/fhir/AuditEvent/_search", "a", 200, "", "patient=ann"},
    {"POST", "/fhir/Device/{id}/$pair", "pa", 503, "/fhir/Device/bed/$pair", code_to_pair},
    {"POST", "/fhir/Device/{id}/$unpair", "pa", 404, "/fhir/Device/bed/$unpair"},
    {"GET", "/live/beds/{id}", "pra", 0, "/live/beds/bed"},
    {"GET", "/pages/patient/{id}", "p", 200, "/pages/patient/ann"},
    {"GET", "/pages/patient/{id}/handout", "p", 200, "/pages/patient/ann/handout"},
    {"GET", "/pages/handout", "pra", 200},
    {"GET", "/pages/handout.pdf", "pra", 200},
    {"GET", "/pages/handout-languages", "pra", 200},
    {"GET", "/admin/export/fhir", "a", 200},
    {"GET", "/admin/export/fhir/{file}", "a", 200, "/admin/export/fhir/Patient.ndjson"},
    {"GET", "/admin/export/csv/{file}", "a", 200, "/admin/export/csv/Patient.csv"},
    {"GET", "/admin/audit/verify", "a", 200},
    {"POST", "/admin/audit/verify", "a", 200},
    {"GET", "/admin/audit/trail", "a", 200},
    {"GET", "/admin/audit/heads", "a", 200},
    {"POST", "/admin/keys/rotate", "a", 200},
};

/// The catalogue and the page hold nobody's data.
bool is_public(const std::string& address) {
  static const std::set<std::string> pages{"GET /", "GET /assets/{name}"};
  return pages.contains(address) || address.find(" /fhir/CodeSystem/") != std::string::npos ||
         address.find(" /fhir/ValueSet/") != std::string::npos ||
         address.ends_with(" /fhir/Questionnaire") ||
         address.find(" /fhir/Questionnaire/") != std::string::npos;
}

struct Role {
  char letter;
  const char* name;
  Who who;
};
const std::vector<Role> roles{{'p', "physiotherapist", physio},
                              {'r', "reception", reception},
                              {'a', "admin", admin},
                              {'0', "no role", base::Principal{"nobody", {}, "", ""}},
                              {'0', "an unknown role", base::Principal{"x", {"owner"}, "", ""}},
                              {'0', "device", base::Principal{"x", {"device"}, "", ""}},
                              {'0', "system", base::Principal{"x", {"system"}, "", ""}}};

bool has(const std::string& letters, const Role& role) {
  return letters.find(role.letter) != std::string::npos;
}

Json flag(const std::string& id) {
  Json json = resource("Flag", id);
  json["status"] = "active";
  json["category"] = Json::array({code_of("urn:facet:flag", "admin")});
  json["code"] = {{"text", "Prefers the room on the ground floor"}};
  json["subject"] = to("Patient/ann");
  json["period"] = {{"start", minutes_from_now(-5)}};
  return json;
}

/// A resource that may be written as it is, but for the roles. Bookings are at an hour of their
/// own.
Json sample(Door& door, const std::string& type, const std::string& id, int hour) {
  if (type == "Patient") return patient(id);
  if (type == "RelatedPerson") return related_person(id, "ann");
  if (type == "PractitionerRole") return practitioner_role(id);
  if (type == "Consent") return consent(id, "ann");
  if (type == "EpisodeOfCare") return episode(id, "ann");
  if (type == "Encounter") return encounter(id, "ann");
  if (type == "Observation") return symptom(id, "ann");
  if (type == "Condition") return condition(id, "ann");
  if (type == "Flag") return flag(id);
  if (type == "QuestionnaireResponse")
    return screening(id, "ann", door.get(physio, "/fhir/Questionnaire/screening").json());
  if (type == "ClinicalImpression") return clearance(id, "ann");
  if (type == "ServiceRequest") return order(id, "ann");
  if (type == "Appointment") return appointment(id, "ann", "order1", 60 * hour);
  Json json = type == "Organization"   ? organization()
              : type == "Location"     ? room()
              : type == "Practitioner" ? practitioner("x", day_from_now(9))
              : type == "Device"       ? bed()
                                       : schedule();
  json["id"] = id;
  return json;
}

std::set<std::string> of_types() {
  std::set<std::string> all;
  for (const auto& type : types) {
    const std::string path = std::string("/fhir/") + type.name;
    for (const auto& read : {"GET " + path, "POST " + path + "/_search", "GET " + path + "/{id}",
                             "GET " + path + "/{id}/_history/{version}"})
      all.insert(read);
    if (type.history) all.insert("GET " + path + "/{id}/_history");
    if (type.writers == "-") continue;
    all.insert("POST " + path);
    all.insert("PUT " + path + "/{id}");
  }
  return all;
}

/// A screening that raises DetectedIssues, whose first it gives.
Json raised_issue(Door& door) {
  auto said = screening("raises", "ann", door.get(physio, "/fhir/Questionnaire/screening").json());
  answer_with(said, "ci_anticoagulant", "yes");
  door.must(physio, said);
  return door.get(physio, "/fhir/DetectedIssue?patient=ann").json()["entry"][0]["resource"];
}

}  // namespace

TEST_CASE("everything that is served has its row in the table of roles") {
  Door door(Dialect::sqlite);
  auto rows = of_types();
  for (const auto& one : addresses) rows.insert(std::string(one.method) + " " + one.pattern);
  std::set<std::string> served;
  for (const auto& address : door.addresses())
    if (!is_public(address)) served.insert(address);
  for (const auto& address : served) {
    INFO("Add to the table of roles: " << address);
    CHECK(rows.contains(address));
  }
  for (const auto& row : rows) {
    INFO("No longer served: " << row);
    CHECK(served.contains(row));
  }
}

TEST_CASE("each role reads every type as the table says, and nothing else") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  for (const auto& type : types)
    for (const auto& role : roles) {
      INFO(role.name << " " << type.name);
      const bool reads = has(type.readers, role);
      const auto path = std::string("/fhir/") + type.name;
      CHECK(door.get(role.who, path + type.search).status == (reads ? 200 : 403));
      CHECK(door.send(role.who, "POST", path + "/_search", std::string(type.search).substr(1),
                      {{"content-type", "application/x-www-form-urlencoded"}})
                .status == (reads ? 200 : 403));
      CHECK(door.get(role.who, path + "/unknown").status == (reads ? 404 : 403));
      if (type.history)
        CHECK(door.get(role.who, path + "/unknown/_history").status == (reads ? 404 : 403));
      CHECK(door.get(role.who, path + "/unknown/_history/1").status == (reads ? 404 : 403));
    }
}

TEST_CASE("each role writes every type as the table says, and reads back what it may") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, order("order1", "ann"));
  int n = 0, hour = 0;
  for (const auto& type : types) {
    if (type.writers == "-" || std::string(type.name) == "DetectedIssue") continue;
    const auto path = std::string("/fhir/") + type.name;
    for (const auto& role : roles) {
      INFO(role.name << " " << type.name);
      const bool writes = has(type.writers, role);
      const auto id = "t" + std::to_string(++n);
      const auto json = sample(door, type.name, id, ++hour);
      const auto put = door.put(role.who, json);
      INFO(put.body);
      CHECK(put.status == (writes ? 201 : 403));
      CHECK(door.put(role.who, json, "W/\"1\"").status == (writes ? 200 : 403));
      auto unnamed = sample(door, type.name, id, ++hour);
      unnamed.erase("id");
      const auto post = door.post(role.who, path, unnamed);
      INFO(post.body);
      CHECK(post.status == (writes ? 201 : 403));
      if (!writes) continue;
      for (const auto& reader : roles)
        for (const auto* what : {"", "/_history/1", "/_history"})
          if (type.history || std::string(what) != "/_history")
            CHECK(door.get(reader.who, path + "/" + id + what).status ==
                  (has(type.readers, reader) ? 200 : 403));
    }
  }
  const auto issue = decided(raised_issue(door), 60);
  for (const auto& role : roles) {
    INFO(role.name << " DetectedIssue");
    const auto answer = door.put(role.who, issue, "W/\"1\"");
    INFO(answer.body);
    CHECK(answer.status == (role.letter == 'p' ? 200 : 403));
    auto unnamed = issue;
    unnamed.erase("id");
    CHECK(door.post(role.who, "/fhir/DetectedIssue", unnamed).status ==
          (role.letter == 'p' ? 422 : 403));  // only screening raises one
  }
}

TEST_CASE("each role comes to every other address as the table says, and to nothing else") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, order("order1", "ann"));
  for (const auto& one : addresses)
    for (const auto& role : roles) {
      INFO(role.name << " " << one.method << " " << one.pattern);
      const bool allowed = has(one.allowed, role);
      if (one.status == 0 && allowed) continue;  // answers for as long as its time allows
      rest::Pairs headers;
      if (std::string(one.pattern).ends_with("/_search"))
        headers.emplace_back("content-type", "application/x-www-form-urlencoded");
      const auto answer = door.send(role.who, one.method, one.url.empty() ? one.pattern : one.url,
                                    one.body, headers);
      INFO(answer.body);
      CHECK(answer.status == (allowed || one.allowed.empty() ? one.status : 403));
    }
  CHECK(door.get(reception, "/fhir/CodeSystem/symptom").status == 200);
}

TEST_CASE("whoever has not logged in comes to nothing but the page and the metadata") {
  Door door(Dialect::sqlite);
  for (auto address : door.addresses()) {
    INFO(address);
    const auto space = address.find(' ');
    auto url = address.substr(space + 1);
    for (std::size_t at; (at = url.find('{')) != std::string::npos;)
      url.replace(at, url.find('}') - at + 1, "x");
    const bool open = url == "/" || url == "/assets/x" || url == "/fhir/metadata";
    CHECK((door.send(nobody, address.substr(0, space), url, "{}").status == 401) != open);
  }
}

TEST_CASE("reception reads no clinical word, wherever it looks") {
  Door door(any_engine());
  Bedded ann(door, "ann");
  // Words that occur nowhere else; each goes into the record as clinical text or is clinical
  // itself.
  const std::vector<std::string> words{
      "xanthippe",        "quagga",     "zanzibar", "tennis_elbow", "rf_ces",
      "ci_anticoagulant", "left_lower", "L4-L5",    "phlogiston",   "anticoagulant"};
  auto visit = encounter("visit", "ann");
  door.must(physio, visit);
  auto complaint = symptom("o", "ann");
  complaint["note"] = Json::array({{{"text", "xanthippe"}}});
  if (door.put(physio, in_visit(complaint, "visit")).status != 201)
    door.must(physio, in_visit(symptom("o", "ann"), "visit"));
  door.must(physio, in_visit(motion("m", "ann", "L4-L5", "left"), "visit"));
  door.must(physio, condition("problem", "ann"));
  auto goal = episode("course", "ann");
  goal["extension"] = Json::array({ext("urn:facet:goal", "valueString", "quagga")});
  door.must(physio, goal);
  auto agreed = consent("words", "ann");
  agreed["status"] = "inactive";
  agreed["category"][0]["coding"][0]["code"] = "sharing";
  agreed["extension"] = Json::array({ext("urn:facet:reason", "valueString", "phlogiston")});
  door.must(physio, agreed);
  ann.screened(0, {{"ci_anticoagulant", "yes"}});
  REQUIRE(ann.change(decided(ann.issue("ci_anticoagulant"), 600)).status == 200);
  ann.screened(0, {{"rf_ces_saddle.thighs", "yes"}});
  door.must(physio, flag("f"));
  REQUIRE(door.send(physio, "POST", "/fhir/Patient/ann/$handout").status == 201);
  REQUIRE(door.put(physio, ann.ready.booked).status == 422);

  std::set<std::string> urls{"/fhir/metadata"};
  for (const auto& type : types) {
    const auto path = std::string("/fhir/") + type.name;
    for (const auto* query :
         {"", "?patient=ann", "?_count=200", "?_id=ann", "?patient=ann&_include=*"})
      urls.insert(path + query);
    for (const auto* id : {"ann", "visit", "o", "m", "problem", "course", "words", "f", "ann-k",
                           "ann-q", "ann-r", "ann-c"})
      for (const auto* what : {"", "/_history", "/_history/1"}) urls.insert(path + "/" + id + what);
  }
  // What the metadata says can be included, asked of everything that reception may search.
  const auto metadata = door.get(reception, "/fhir/metadata").json();
  for (const auto& one : metadata["rest"][0]["resource"])
    for (const auto& [list, parameter] :
         {std::pair{"searchInclude", "_include"}, std::pair{"searchRevInclude", "_revinclude"}})
      if (one.contains(list))
        for (const auto& value : one[list])
          for (const auto* query : {"_id=ann&", "patient=ann&", "_id=ann-r&"})
            urls.insert("/fhir/" + one["type"].get<std::string>() + "?" + query + parameter + "=" +
                        value.get<std::string>());
  for (const auto& one : addresses)
    if (std::string(one.method) == "GET" && one.status != 0)
      urls.insert(one.url.empty() ? one.pattern : one.url);
  urls.insert("/fhir/Encounter/visit/$draft");
  urls.insert("/fhir/Patient/ann/$gate?service-request=ann-r");
  for (const auto& type : types)
    for (const auto* form : {"/admin/export/fhir/", "/admin/export/csv/"})
      urls.insert(std::string(form) + type.name + (form[14] == 'f' ? ".ndjson" : ".csv"));

  const auto read = [&](const Answer& answer, const std::string& what) {
    for (const auto& word : words) {
      INFO(what << " says " << word << ": " << answer.body.substr(0, 2000));
      CHECK(answer.body.find(word) == std::string::npos);
    }
  };
  int answered = 0;
  for (const auto& url : urls) {
    const auto answer = door.get(reception, url);
    answered += answer.status == 200 ? 1 : 0;
    // An address repeats what was asked; nothing of the record is in these words of ours.
    read(answer, url);
  }
  CHECK(answered > 20);
  for (const auto* operation : {"/fhir/Encounter/visit/$sign", "/fhir/Patient/ann/$handout"})
    read(door.send(reception, "POST", operation, "{}"), operation);
  read(door.put(reception, ann.ready.booked), "booking");
  // The words are there to be found by who may.
  std::string all;
  for (const auto& url : urls) all += door.get(physio, url).body;
  for (const auto* word : {"quagga", "Zanzibar", "tennis_elbow", "rf_ces", "ci_anticoagulant",
                           "left_lower", "L4-L5", "phlogiston"})
    CHECK(all.find(word) != std::string::npos);
}

TEST_CASE("reception sees that there is an order and its length, nothing clinical of it") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, encounter("visit", "ann"));
  auto asked = order("order1", "ann");
  asked["encounter"] = to("Encounter/visit");
  door.must(physio, asked);
  for (const auto& url : {"/fhir/ServiceRequest/order1", "/fhir/ServiceRequest?patient=ann",
                          "/fhir/ServiceRequest/order1/_history/1"}) {
    const auto answer = door.get(reception, url);
    CHECK(answer.status == 200);
    CHECK(answer.body.find("urn:facet:minutes") != std::string::npos);
    CHECK(answer.body.find("urn:facet:zone") == std::string::npos);
    CHECK(answer.body.find("urn:facet:strength") == std::string::npos);
    CHECK(answer.body.find("visit") == std::string::npos);
    CHECK(door.get(physio, url).body.find("left_lower") != std::string::npos);
  }
}

TEST_CASE("nobody gets in without a log-in, and nobody learns which addresses there are") {
  Door door(Dialect::sqlite);
  for (const auto& url :
       {"/fhir/Patient", "/fhir/Patient/ann", "/fhir/Slot", "/fhir/CodeSystem/symptom",
        "/admin/export/fhir", "/live/beds/bed", "/nothing/here"})
    CHECK(door.get(nobody, url).status == 401);
  CHECK(door.send(nobody, "POST", "/fhir", "{}").status == 401);
  CHECK(door.send(nobody, "DELETE", "/fhir/Patient/ann").status == 401);
  CHECK(door.get(nobody, "/fhir/metadata").status == 200);
  CHECK(door.get(nobody, "/").status == 200);
}

TEST_CASE("a host cannot pass somebody off as a bed or a timer") {
  const char* const claimed[] = {"device", "reception", "system", nullptr};
  facet_principal who{};
  who.struct_size = sizeof who;
  who.user_id = "mallory";
  who.roles = claimed;
  facet_request request{};
  request.struct_size = sizeof request;
  request.method = "GET";
  request.path = "/";
  request.principal = &who;
  const auto read = entry::read_request(request);
  CHECK(read.authenticated);
  CHECK(read.principal.roles == std::vector<std::string>{"reception"});

  who.user_id = "";
  CHECK_FALSE(entry::read_request(request).authenticated);
  request.principal = nullptr;
  CHECK_FALSE(entry::read_request(request).authenticated);
}
