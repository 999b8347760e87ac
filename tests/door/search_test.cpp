// SPDX-License-Identifier: MPL-2.0
#include <set>

#include "door/door.h"
#include "door/records.h"

using namespace facet;
using namespace facet::testing;

namespace {

const Json& link_of(const Json& bundle, const std::string& relation) {
  static const Json none;
  for (const auto& link : bundle["link"])
    if (link["relation"] == relation) return link["url"];
  return none;
}

std::vector<std::string> ids_in(const Json& bundle, const char* mode = "match") {
  std::vector<std::string> ids;
  if (!bundle.contains("entry")) return ids;
  for (const auto& entry : bundle["entry"])
    if (entry["search"]["mode"] == mode) ids.push_back(entry["resource"]["id"]);
  return ids;
}

Json at(Json resource, const std::string& instant) {
  resource["effectiveDateTime"] = instant;
  return resource;
}

}  // namespace

TEST_CASE("pages show the record as it stood when the first was asked for") {
  const auto dialect = GENERATE(Dialect::sqlite, Dialect::postgresql);
  Door door(dialect);
  door.must(physio, patient("ann"));
  std::set<std::string> all;
  for (int i = 0; i < 7; ++i)
    all.insert(door.must(physio, at(symptom("s" + std::to_string(i), "ann"),
                                    "2026-03-0" + std::to_string(1 + i / 2) + "T09:00:00Z")));
  std::set<std::string> seen;
  std::string url = "/fhir/Observation?patient=ann&_count=2";
  for (int page = 0; page < 4; ++page) {
    const auto bundle = door.get(physio, url).json();
    for (const auto& id : ids_in(bundle)) CHECK(seen.insert(id).second);
    const auto next = link_of(bundle, "next");
    CHECK(next.is_null() == (page == 3));
    if (next.is_null()) break;
    url = "/fhir/" + next.get<std::string>();
    // What is written meanwhile, however dated, is not on the pages to come.
    door.must(physio, at(symptom("late" + std::to_string(page), "ann"), "2026-03-01T08:00:00Z"));
  }
  CHECK(seen == all);
}

TEST_CASE("a search takes what the metadata lists, as GET and as POST") {
  const auto dialect = GENERATE(Dialect::sqlite, Dialect::postgresql);
  Door door(dialect);
  door.must(physio, patient("ann"));
  door.must(physio, patient("bob"));
  door.must(physio, encounter("visit", "ann"));
  Json first = at(symptom("s1", "ann"), "2026-03-01T09:00:00Z");
  first["encounter"] = to("Encounter/visit");
  door.must(physio, first);
  door.must(physio, at(stress("s2", "ann"), "2026-04-01T09:00:00Z"));
  door.must(physio, symptom("other", "bob"));

  const auto found = [&](const std::string& query) {
    const auto got = door.get(physio, "/fhir/Observation?" + query);
    INFO(got.body);
    REQUIRE(got.status == 200);
    const auto posted = door.send(physio, "POST", "/fhir/Observation/_search", query,
                                  {{"content-type", "application/x-www-form-urlencoded"}});
    CHECK(posted.status == 200);
    CHECK(ids_in(posted.json()) == ids_in(got.json()));
    return ids_in(got.json());
  };
  using Ids = std::vector<std::string>;
  CHECK(found("patient=ann") == Ids{"s2", "s1"});
  CHECK(found("patient=Patient/ann&code=urn:facet:measure%7Cstress") == Ids{"s2"});
  CHECK(found("patient=ann&code=tennis_elbow,stress") == Ids{"s2", "s1"});
  CHECK(found("patient=ann&date=2026-03") == Ids{"s1"});
  CHECK(found("patient=ann&date=ge2026-03-01&date=lt2026-04-01") == Ids{"s1"});
  CHECK(found("patient=ann&date=ne2026-03-01") == Ids{"s2"});
  CHECK(found("patient=ann&status=entered-in-error") == Ids{});
  CHECK(found("encounter=visit") == Ids{"s1"});
  CHECK(found("_id=s1,other") == Ids{"other", "s1"});
  CHECK(found("patient=ann&_lastUpdated=gt2020") == Ids{"s2", "s1"});
  CHECK(found("patient=ann&_lastUpdated=lt2020") == Ids{});

  for (const char* query :
       {"patient=ann&colour=red", "patient=ann&date=yesterday", "code=stress", "",
        "patient=ann&_count=0", "patient=ann&_count=x", "patient=ann&_page=9",
        "patient=ann&code:text=x", "patient=ann&_sort=date"}) {
    INFO(query);
    CHECK(door.get(physio, std::string("/fhir/Observation?") + query).status == 400);
  }
  CHECK(door.send(physio, "POST", "/fhir/Observation/_search", "{}",
                  {{"content-type", "application/json"}})
            .status == 400);
}

TEST_CASE("what a match refers to, and what refers to it, comes along where asked") {
  const auto dialect = GENERATE(Dialect::sqlite, Dialect::postgresql);
  Door door(dialect);
  door.must(physio, patient("ann"));
  door.must(physio, encounter("visit", "ann"));
  for (const char* id : {"s1", "s2"}) {
    Json one = symptom(id, "ann");
    one["encounter"] = to("Encounter/visit");
    door.must(physio, one);
  }
  const auto visit =
      door.get(physio, "/fhir/Encounter?patient=ann&_revinclude=Observation:encounter").json();
  CHECK(ids_in(visit) == std::vector<std::string>{"visit"});
  CHECK(ids_in(visit, "include").size() == 2);
  const auto found =
      door.get(physio, "/fhir/Observation?patient=ann&_include=Observation:encounter").json();
  CHECK(ids_in(found).size() == 2);
  CHECK(ids_in(found, "include") == std::vector<std::string>{"visit"});
  for (const char* wrong : {"_include=Observation:code", "_include=Encounter:patient", "_include=x",
                            "_revinclude=Observation:patient2", "_revinclude=Nothing:patient"}) {
    INFO(wrong);
    CHECK(door.get(physio, std::string("/fhir/Observation?patient=ann&") + wrong).status == 400);
  }
  // Whoever may not read the included type is refused, and does not get a part.
  CHECK(door.get(reception, "/fhir/Patient?_id=ann&_revinclude=Observation:patient").status == 403);
}

TEST_CASE("a history has every version, newest first") {
  const auto dialect = GENERATE(Dialect::sqlite, Dialect::postgresql);
  Door door(dialect);
  door.must(physio, patient("ann", "Okonkwo"));
  CHECK(door.put(physio, patient("ann", "Adeyemi"), "W/\"1\"").status == 200);
  const auto history = door.get(physio, "/fhir/Patient/ann/_history").json();
  CHECK(history["type"] == "history");
  CHECK(history["total"] == 2);
  CHECK(history["entry"][0]["resource"]["name"][0]["family"] == "Adeyemi");
  CHECK(history["entry"][1]["resource"]["name"][0]["family"] == "Okonkwo");
  CHECK(history["entry"][1]["request"]["method"] == "POST");
  CHECK(door.get(physio, "/fhir/Patient/nobody/_history").status == 404);
  CHECK(door.get(nobody, "/fhir/Patient/ann/_history").status == 401);
}
