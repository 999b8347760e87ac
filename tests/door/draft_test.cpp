// SPDX-License-Identifier: MPL-2.0
// A visit while it is being written.
#include "door/visits.h"

using namespace facet;
using namespace facet::testing;

namespace {

const Who other_physio = base::Principal{"other", {"physiotherapist"}, "10.0.0.4", ""};
const std::string draft_url = "/fhir/Encounter/v/$draft";
const std::string sign_url = "/fhir/Encounter/v/$sign";

Json draft() {
  return bundle_of(
      Json::array({put_entry(encounter("v", "ann")), put_entry(in_visit(symptom("o", "ann"), "v")),
                   put_entry(in_visit(stress("s", "ann"), "v"))}));
}

Answer put_draft(Door& door, const Json& body, const Who& who = physio,
                 const std::string& if_match = {}) {
  rest::Pairs headers;
  if (!if_match.empty()) headers.emplace_back("if-match", if_match);
  return door.send(who, "PUT", draft_url, body.dump(), headers);
}

Json without_meta(Json json) {
  json.erase("meta");
  return json;
}

}  // namespace

TEST_CASE("a draft is changed as its author types, outside the record, and nobody else sees it") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  CHECK(door.get(physio, draft_url).status == 404);
  auto first = put_draft(door, draft());
  INFO(first.body);
  REQUIRE(first.status == 200);
  auto more = draft();
  more["entry"].erase(2);
  const auto second = put_draft(door, more);
  CHECK(second.status == 200);
  const auto read = door.get(physio, draft_url);
  CHECK(without_meta(read.json()) == more);
  CHECK(read.headers.at("etag") == second.headers.at("etag"));
  CHECK(door.count("select count(*) from encounter_draft") == 1);
  CHECK(door.count("select count(*) from encounter_draft where body_sealed like '%tennis%'") == 0);

  CHECK(put_draft(door, draft(), physio, first.headers.at("etag")).status == 409);
  CHECK(put_draft(door, draft(), physio, second.headers.at("etag")).status == 200);
  CHECK(put_draft(door, draft(), physio, "W/\"x\"").status == 400);

  for (const auto& who : {other_physio}) {
    CHECK(door.get(who, draft_url).status == 404);
    CHECK(door.send(who, "DELETE", draft_url).status == 404);
    CHECK(door.send(who, "POST", sign_url).status == 404);
    CHECK_FALSE(door.get(who, "/fhir/Encounter/$drafts").json().contains("parameter"));
  }
  for (const auto& who : {reception, admin}) {
    CHECK(door.get(who, draft_url).status == 403);
    CHECK(put_draft(door, draft(), who).status == 403);
    CHECK(door.send(who, "DELETE", draft_url).status == 403);
    CHECK(door.send(who, "POST", sign_url).status == 403);
    CHECK(door.get(who, "/fhir/Encounter/$drafts").status == 403);
  }
  CHECK(put_draft(door, draft(), other_physio).status == 200);
  CHECK(door.count("select count(*) from encounter_draft") == 2);

  CHECK_FALSE(door.get(physio, "/fhir/Encounter?patient=ann").json().contains("entry"));
  CHECK(door.get(physio, "/fhir/Encounter/v").status == 404);
  const auto list = door.get(physio, "/fhir/Encounter/$drafts?patient=ann").json();
  REQUIRE(list["parameter"].size() == 1);
  CHECK(list["parameter"][0]["part"][0]["valueReference"]["reference"] == "Encounter/v");
  CHECK_FALSE(door.get(physio, "/fhir/Encounter/$drafts?patient=bob").json().contains("parameter"));
  CHECK(door.get(physio, "/fhir/Encounter/$drafts?name=x").status == 400);

  CHECK(door.send(physio, "DELETE", draft_url).status == 204);
  CHECK(door.get(physio, draft_url).status == 404);
  CHECK(door.send(physio, "DELETE", draft_url).status == 404);
  CHECK(door.count("select count(*) from encounter") == 0);
  CHECK(door.count("select count(distinct action) from audit_event where resource_id = 'v/$draft' "
                   "and principal = 'physio' and outcome = '0'") == 4);
}

TEST_CASE("a draft is a Bundle whose records belong to its visit and to one patient") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, patient("bob"));
  const auto refused = [&](const char* pointer, const Json& value, const std::string& field) {
    auto bundle = draft();
    bundle[Json::json_pointer(pointer)] = value;
    const auto answer = put_draft(door, bundle);
    INFO(pointer << " " << answer.body);
    CHECK(answer.status == 400);
    CHECK(answer.field() == field);
  };
  refused("/type", "batch", "Bundle");
  refused("/resourceType", "Encounter", "Bundle");
  refused("/entry", 7, "Bundle.entry");
  refused("/surprise", 7, "Bundle.surprise");
  refused("/entry/1", 7, "Bundle.entry[1]");
  refused("/entry/1/surprise", 7, "Bundle.entry[1].surprise");
  refused("/entry/1/resource", 7, "Bundle.entry[1].resource");
  refused("/entry/1/request", 7, "Bundle.entry[1].request");
  refused("/entry/0/request/url", "Encounter/w", "Bundle.entry[0]");
  refused("/entry/1/resource/encounter/reference", "Encounter/w",
          "Bundle.entry[1].resource.encounter");
  refused("/entry/1/resource/encounter", Json(), "Bundle.entry[1].resource.encounter");
  refused("/entry/2/resource/subject/reference", "Patient/bob", "Bundle.entry[2].resource.subject");
  refused("/entry/2", draft()["entry"][0], "Bundle.entry[2]");
  auto bundle = draft();
  for (auto& entry : bundle["entry"]) entry["resource"]["subject"] = to("Patient/eve");
  CHECK(put_draft(door, bundle).field() == "Bundle.entry");
  CHECK(put_draft(door, bundle_of(Json::array())).field() == "Bundle.entry");
  CHECK(door.send(physio, "PUT", draft_url, "{").status == 400);
  CHECK(door.send(physio, "PUT", draft_url + "?x=1", draft().dump()).status == 400);

  bundle = draft();
  const std::size_t bound = 1 << 20;
  bundle["entry"][1]["resource"]["note"] = Json::array({{{"text", ""}}});
  auto& text = bundle["entry"][1]["resource"]["note"][0]["text"];
  text = std::string(bound - bundle.dump().size(), 'x');
  CHECK(bundle.dump().size() == bound);
  CHECK(put_draft(door, bundle).status == 200);
  text = text.get<std::string>() + "x";
  CHECK(put_draft(door, bundle).status == 413);
  door.must(physio, encounter("v", "ann"));  // a visit that is there needs no entry
  CHECK(put_draft(door, bundle_of(Json::array())).status == 200);
}

TEST_CASE("signing a draft is one transaction with the visit finished, and takes the draft away") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  const bool open_already = GENERATE(false, true);
  auto body = draft();
  if (open_already) {
    door.must(physio, encounter("v", "ann"));
    body["entry"].erase(0);
  }
  REQUIRE(put_draft(door, body).status == 200);
  const auto answer = door.send(physio, "POST", sign_url);
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  CHECK(answer.json()["type"] == "transaction-response");
  CHECK(answer.json()["entry"].size() == 3);
  CHECK(door.get(physio, "/fhir/Encounter/v").json()["status"] == "finished");
  CHECK(door.count("select count(*) from observation where encounter_id = 'v'") == 2);
  CHECK(
      door.count("select count(*) from provenance where activity = 'sign' and target_id = 'v' and "
                 "author_id = 'physio'") == 1);
  CHECK(door.count("select count(*) from provenance") == 1);
  CHECK(door.count("select count(*) from encounter_draft") == 0);
  CHECK(door.send(physio, "POST", sign_url).status == 404);
}

TEST_CASE("a draft with a mistake is refused whole, every mistake with its entry, and stays") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  auto body = draft();
  body["entry"][1]["resource"]["valueInteger"] = 11;
  body["entry"][2]["resource"]["surprise"] = true;
  body["entry"].push_back(put_entry(in_visit(motion("m", "ann", "L9-L10", "left"), "v")));
  REQUIRE(put_draft(door, body).status == 200);
  const auto rows = door.rows();
  const auto answer = door.send(physio, "POST", sign_url);
  INFO(answer.body);
  CHECK(answer.status == 400);
  CHECK(answer.field() == "Bundle.entry[1]: Observation.valueInteger");
  CHECK(answer.json()["issue"].size() == 3);
  CHECK(answer.body.find("Bundle.entry[2]: Observation.surprise") != std::string::npos);
  CHECK(answer.body.find("Bundle.entry[3]: Observation.bodySite") != std::string::npos);
  CHECK(door.rows() == rows);
  CHECK(door.count("select count(*) from provenance") == 0);
  CHECK(without_meta(door.get(physio, draft_url).json()) == body);
  CHECK(door.count("select count(*) from audit_event where outcome = '4' and resource_id = 'o' and "
                   "reason = 'Bundle.entry[1]: Observation.valueInteger'") == 1);

  body["entry"][1]["resource"]["valueInteger"] = 10;
  body["entry"][2]["resource"].erase("surprise");
  body["entry"].erase(3);
  body["entry"][0]["resource"].erase("participant");
  REQUIRE(put_draft(door, body).status == 200);
  CHECK(door.send(physio, "POST", sign_url).field() == "Bundle.entry[0]: Encounter.participant");
  body["entry"][0]["resource"] = encounter("v", "ann");
  REQUIRE(put_draft(door, body).status == 200);
  CHECK(door.send(physio, "POST", sign_url).status == 200);
}
