// SPDX-License-Identifier: MPL-2.0
// What a handout says of a patient, read off its preview: the same model as on paper.
#include <cstring>

#include "base/zone.h"
#include "door/safety.h"
#include "door/visits.h"

using namespace facet;
using namespace facet::testing;

namespace {

/// The page's words, one space between them; neither style nor pictures.
std::string words(const std::string& html) {
  std::string text;
  for (std::size_t at = html.find("<body"); at < html.size();) {
    if (html[at] != '<') {
      const bool blank = html[at] == ' ' || html[at] == '\n';
      if (!blank || (!text.empty() && text.back() != ' ')) text += blank ? ' ' : html[at];
      ++at;
      continue;
    }
    for (const auto& [begin, end] : {std::pair{"<svg", "</svg>"}, std::pair{"<style", "</style>"}})
      if (html.compare(at, std::strlen(begin), begin) == 0) at = html.find(end, at);
    at = html.find('>', at) + 1;
    if (!text.empty() && text.back() != ' ') text += ' ';
  }
  return text;
}

std::string preview(Door& door, const std::string& patient_id, const std::string& query = {}) {
  const auto answer = door.get(physio, "/pages/patient/" + patient_id + "/handout" + query);
  INFO(answer.body.substr(0, 500));
  REQUIRE(answer.status == 200);
  return words(answer.body);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t times(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

Json at(Json resource, int days_ago) {
  resource["effectiveDateTime"] = minutes_from_now(-60 * 24 * days_ago - 5);
  return resource;
}

Json other(const std::string& id, const std::string& patient_id, const std::string& what) {
  auto json = symptom(id, patient_id, 4);
  json["code"] = code_of("urn:facet:symptom", "other");
  json["code"]["text"] = what;
  json["bodySite"] = Json{{"coding", Json::array({{{"system", "urn:facet:region"}, {"code", "lower_limb"}},
                                                  {{"system", "urn:facet:side"}, {"code", "left"}}})}};
  return json;
}

void merge(Door& door, const std::string& target, const std::string& source) {
  const Json body{{"resourceType", "Parameters"},
                  {"parameter",
                   Json::array({{{"name", "other"}, {"valueReference", to("Patient/" + source)}}})}};
  const Json reason{{"resourceType", "Provenance"},
                    {"reason", Json::array({{{"text", "One person, registered twice."}}})}};
  REQUIRE(door.send(physio, "POST", "/fhir/Patient/" + target + "/$merge", body.dump(),
                    {{"x-provenance", reason.dump()}})
              .status == 200);
}

/// The wall clock in London, where the clinic of these tests is.
std::string clock(std::int64_t at_ms) {
  const auto local = base::to_local(at_ms, "Europe/London").value();
  char text[16];
  std::snprintf(text, sizeof text, "%02d:%02d", local.minute_of_day / 60, local.minute_of_day % 60);
  return text;
}

}  // namespace

TEST_CASE("a handout says each symptom's newest severity and its first, of all that one person has") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, patient("old"));
  door.must(physio, at(symptom("first", "old", 9), 20));
  door.must(physio, at(symptom("between", "ann", 8), 9));
  door.must(physio, at(symptom("newest", "ann", 3), 0));
  door.must(physio, at(stress("s", "old", 7), 3));
  door.must(physio, at(motion("m1", "old", "L4-L5", "left", 5), 9));
  door.must(physio, at(motion("m2", "ann", "L4-L5", "left", 1), 1));
  auto wrong = at(symptom("wrong", "ann", 10), 0);
  door.must(physio, wrong);
  wrong["status"] = "entered-in-error";
  REQUIRE(door.put(physio, wrong, "W/\"1\"").status == 200);

  auto text = preview(door, "ann");
  INFO(text);
  CHECK(has(text, "Tennis elbow, right: 3 out of 10 now, 8 on "));
  CHECK_FALSE(has(text, "7 out of 10"));
  merge(door, "ann", "old");
  text = preview(door, "ann");
  CHECK(times(text, "Tennis elbow, right: 3 out of 10 now, 9 on ") == 1);
  CHECK(times(text, "Tennis elbow, right") == 1);
  CHECK(has(text, "7 out of 10"));
  CHECK(has(text, "L4-L5 left, very stiff"));
}

TEST_CASE("a symptom that the catalogue does not have is said in the words recorded") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, at(other("o1", "ann", "Restless <legs>"), 3));
  door.must(physio, at(other("o2", "ann", "Cold toes"), 1));
  const auto text = preview(door, "ann");
  CHECK(has(text, "Restless &lt;legs&gt;, left: 4 out of 10"));
  CHECK(has(text, "Cold toes, left: 4 out of 10"));
}

TEST_CASE("a handout says when to come, where, and whom to call") {
  Door door(any_engine());
  auto org = organization();
  org["telecom"] = Json::array({{{"system", "phone"}, {"value", "020 7946 0999"}, {"rank", 2}},
                                {{"system", "phone"}, {"value", "020 7946 0123"}, {"rank", 1}},
                                {{"system", "email"}, {"value", "hello@clinic.example"}}});
  REQUIRE(door.put(admin, org, "W/\"1\"").status == 200);
  CHECK(door.get(reception, "/fhir/Organization/org").json()["telecom"] == org["telecom"]);
  Bedded ann(door, "ann");
  const auto booked = appointment("ann-a", "ann", "ann-r", 60 * 24);
  REQUIRE(door.put(reception, booked).status == 201);
  auto cancelled = appointment("ann-b", "ann", "ann-r", 60 * 48);
  REQUIRE(door.put(reception, cancelled).status == 201);
  cancelled["status"] = "cancelled";
  REQUIRE(door.put(reception, cancelled, "W/\"1\"").status == 200);
  auto visit = encounter("later", "ann");
  visit["status"] = "planned";
  visit["period"]["start"] = minutes_from_now(60 * 72);
  door.must(physio, visit);
  const auto text = preview(door, "ann");
  INFO(text);
  const auto start = base::parse_instant(booked["start"].get<std::string>()).value();
  CHECK(has(text, ", " + clock(start) + " Bed, 20 minutes: lower left Room"));
  CHECK(times(text, "Bed, 20 minutes") == 1);
  CHECK(has(text, "check in from 9 minutes before"));
  CHECK(has(text, "Pat Physio"));
  CHECK(has(text, "020 7946 0123"));
  CHECK_FALSE(has(text, "020 7946 0999"));
  CHECK(has(text, "hello@clinic.example"));
}

TEST_CASE("a preview is a page without script, read and audited, and nothing is recorded as given") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, symptom("o", "ann"));
  const auto before = door.rows();
  const auto events = door.count("select count(*) from audit_event");
  const auto answer = door.get(physio, "/pages/patient/ann/handout?track=prevention&language=ko");
  REQUIRE(answer.status == 200);
  CHECK(answer.headers.at("content-type") == "text/html; charset=utf-8");
  CHECK(answer.headers.at("content-security-policy").starts_with("default-src 'none'; style-src 'unsafe-inline'; img-src data:;"));
  CHECK(answer.headers.at("cache-control") == "no-store");
  CHECK(has(answer.body, "lang=\"ko\""));
  CHECK_FALSE(has(answer.body, "<script"));
  CHECK(door.rows() == before);
  CHECK(door.count("select count(*) from audit_event") == events + 1);
  for (const auto* query : {"?track=x", "?delivery=print", "?x=1", "?track=relief&track=relief",
                            "?language=qqz", "?recipient=RelatedPerson/x"})
    CHECK(door.get(physio, "/pages/patient/ann/handout" + std::string(query)).status == 400);
  CHECK(door.get(physio, "/pages/patient/eve/handout").status == 404);
}

TEST_CASE("the general sheet names nobody, on screen as on paper, in every language there is") {
  Door door(any_engine());
  const auto list = door.get(reception, "/pages/handout-languages").json();
  REQUIRE(list.size() == 4);
  for (const auto& language : list) {
    INFO(language.dump());
    CHECK(language["status"] == "draft");
    CHECK(language["direction"] == (language["code"] == "ar" ? "rtl" : "ltr"));
    const auto query = "?language=" + language["code"].get<std::string>();
    const auto page = door.get(reception, "/pages/handout" + query);
    CHECK(page.status == 200);
    CHECK(has(page.body, "Test clinic"));
    const auto pdf = door.get(reception, "/pages/handout.pdf" + query + "&paper=letter");
    CHECK(pdf.headers.at("content-type") == "application/pdf");
    CHECK(pdf.body.starts_with("%PDF-"));
    CHECK(door.get(reception, "/pages/handout.pdf" + query + "&paper=letter").body == pdf.body);
  }
  CHECK(door.count("select count(*) from document_reference") == 0);
}
