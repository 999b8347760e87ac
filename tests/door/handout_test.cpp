// SPDX-License-Identifier: MPL-2.0
// What a patient takes home: asked for, made from the record, kept.
#include <fstream>

#include "door/safety.h"
#include "door/visits.h"
#include "storage/digest.h"

using namespace facet;
using namespace facet::testing;

namespace {

Json wish(std::initializer_list<Json> parameters) {
  return {{"resourceType", "Parameters"}, {"parameter", Json(parameters)}};
}
Json code(const char* name, const char* value) {
  return {{"name", name}, {"valueCode", value}};
}
Json flag(const char* name, bool value) {
  return {{"name", name}, {"valueBoolean", value}};
}
Json recipient(const std::string& reference) {
  return {{"name", "recipient"}, {"valueReference", {{"reference", reference}}}};
}

Answer give(Door& door, const Json& parameters = wish({}), const std::string& patient_id = "ann") {
  return door.post(physio, "/fhir/Patient/" + patient_id + "/$handout", parameters);
}

Json given(Door& door, const Json& parameters = wish({})) {
  const auto answer = give(door, parameters);
  INFO(answer.body);
  REQUIRE(answer.status == 201);
  return answer.json();
}

/// The value of an extension of the document; null if it has none.
Json form(const Json& document, const std::string& name) {
  for (const auto& one : document["extension"])
    if (one["url"] == "urn:facet:" + name)
      for (const auto& [key, value] : one.items())
        if (key != "url") return value;
  return {};
}

Json attachment(const Json& document) {
  return document["content"][0]["attachment"];
}

Answer bytes(Door& door, const Json& document) {
  return door.get(physio, "/fhir/" + attachment(document)["url"].get<std::string>());
}

void lay(Door& door, const std::string& name, const std::string& text) {
  const auto file = door.settings.data / "handouts" / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

bool says(const Answer& answer, const std::string& part) {
  return answer.body.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("what was given is shown again byte for byte, with how it was given") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, symptom("o", "ann"));
  door.must(physio, motion("m", "ann", "L4-L5", "left"));
  const auto document = given(door, wish({code("track", "prevention"), code("sides", "one")}));
  const auto pdf = bytes(door, document);
  CHECK(pdf.body.starts_with("%PDF-"));
  CHECK(attachment(document)["extension"][0]["valueString"] == storage::digest_hex(pdf.body));
  CHECK(attachment(document)["size"] == pdf.body.size());
  CHECK(form(document, "track") == "prevention");
  CHECK(form(document, "sides") == "one");
  CHECK(form(document, "paper") == "a4");
  CHECK(form(document, "text-size") == "standard");
  CHECK(form(document, "booklet") == false);
  CHECK(form(document, "delivery") == "print");
  CHECK(document["author"][0]["identifier"]["value"] == "physio");
  CHECK(document["context"]["related"][0]["reference"] == "Patient/ann");

  door.must(physio, symptom("o2", "ann", 3));  // what was given does not change with the record
  CHECK(bytes(door, document).body == pdf.body);
  const auto again = door.get(physio, "/fhir/DocumentReference/" + document["id"].get<std::string>());
  CHECK(again.json() == document);
}

TEST_CASE("what was given is found by patient, status, language and date") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  const auto document = given(door);
  const auto found = [&](const std::string& query) {
    const auto answer = door.get(physio, "/fhir/DocumentReference?patient=ann" + query);
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    return answer.json()["total"].is_null()
               ? answer.json().value("entry", Json::array()).size()
               : answer.json()["total"].get<std::size_t>();
  };
  CHECK(found("") == 1);
  CHECK(found("&language=en-GB&status=current") == 1);
  CHECK(found("&language=ko") == 0);
  CHECK(found("&status=superseded") == 0);
  CHECK(found("&date=ge" + day_from_now(-1)) == 1);
  CHECK(found("&date=lt" + day_from_now(-1)) == 0);
}

TEST_CASE("a handout that cannot be is refused by the name of what is wrong") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, patient("bob"));
  door.must(physio, related_person("kin", "bob"));
  struct Case {
    Json parameters;
    const char* field;
  };
  const auto before = door.rows();
  for (const auto& one : std::vector<Case>{
           {wish({code("track", "cure")}), "track"},
           {wish({code("paper", "a3")}), "paper"},
           {wish({code("text-size", "huge")}), "text-size"},
           {wish({code("sides", "2")}), "sides"},
           {wish({code("delivery", "pigeon")}), "delivery"},
           {wish({code("booklet", "true")}), "booklet"},
           {wish({flag("paper", true)}), "paper"},
           {wish({code("colour", "red")}), "colour"},
           {wish({code("track", "relief"), code("track", "relief")}), "track"},
           {wish({flag("booklet", true), code("text-size", "large")}), "booklet"},
           {wish({flag("booklet", true), code("sides", "one")}), "booklet"},
           {wish({recipient("RelatedPerson/kin")}), "recipient"},
           {wish({recipient("RelatedPerson/nobody")}), "recipient"},
           {wish({recipient("Patient/ann")}), "recipient"},
           {wish({code("language", "not a language")}), "language"},
           {wish({code("language", "qqz")}), "language"},
           {wish({code("language", "")}), "language"},
           {wish({{{"name", "track"}}}), "track"},
           {wish({"track"}), "Parameters.parameter"},
           {{{"resourceType", "Parameters"}, {"parameter", 7}}, "Parameters.parameter"},
           {{{"resourceType", "Patient"}}, "Parameters.resourceType"}}) {
    const auto answer = give(door, one.parameters);
    INFO(one.parameters.dump() << " " << answer.body);
    CHECK(answer.status == 400);
    CHECK(answer.field() == one.field);
  }
  CHECK(door.rows() == before);
}

TEST_CASE("a handout is in the patient's own language, or in English with a note") {
  Door door(any_engine());
  auto ann = patient("ann");
  const auto speaks = [&](const std::string& tag, const std::string& name) {
    const auto version = "W/\"" + std::to_string(door.count("select max(version) from patient where id = 'ann'")) + "\"";
    ann["communication"] = Json::array(
        {{{"language",
           {{"coding", Json::array({{{"system", "urn:ietf:bcp:47"}, {"code", tag}, {"display", name}}})}}},
          {"preferred", true}}});
    REQUIRE(door.put(physio, ann, version).status == 200);
  };
  door.must(physio, ann);
  CHECK(attachment(given(door))["language"] == "en-GB");
  CHECK(form(given(door), "language-asked") == "en-GB");

  speaks("ko", "Korean");
  CHECK(attachment(given(door))["language"] == "ko");
  CHECK(attachment(given(door, wish({code("language", "pl-PL")})))["language"] == "pl");

  speaks("de", "German");  // written, but there are no texts
  const auto german = given(door);
  CHECK(attachment(german)["language"] == "en-GB");
  CHECK(form(german, "language-asked") == "de");

  speaks("bfi", "British Sign Language");  // not a written one
  const auto signed_one = given(door);
  CHECK(attachment(signed_one)["language"] == "en-GB");
  CHECK(form(signed_one, "language-asked") == "bfi");

  const auto asked = given(door, wish({code("language", "en-US")}));
  CHECK(attachment(asked)["language"] == "en-GB");
  CHECK(form(asked, "language-asked") == "en-US");
}

TEST_CASE("a broken text of the clinic's own is refused with file and line, and nothing is recorded") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  REQUIRE(give(door).status == 201);
  const auto before = door.rows();
  lay(door, "en-GB/about.md", "# About\n\nHello {nobody}.\n");
  const auto refused = give(door);
  CHECK(refused.status == 400);
  CHECK(says(refused, "about.md:3"));
  CHECK(door.rows() == before);
  CHECK(says(door.get(reception, "/pages/handout-languages"), "about.md:3"));
  std::filesystem::remove(door.settings.data / "handouts/en-GB/about.md");
  CHECK(give(door).status == 201);
}

TEST_CASE("a clinic's look that cannot be read or printed is refused by its file") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  struct Case {
    const char* file;
    std::string text, part;
  };
  const auto before = door.rows();
  for (const auto& one : std::vector<Case>{
           {"style.json", "{\"color\": \"#0a4f5c\"", "handouts/style.json: "},
           {"style.json", "{\"colour\": \"#0a4f5c\"}", "handouts/style.json: This takes one thing"},
           {"style.json", "{\"color\": \"teal\"}", "must be like"},
           {"style.json", "{\"color\": \"#0a4f5\"}", "must be like"},
           {"style.json", "{\"color\": \"#0a4f5g\"}", "must be like"},
           {"style.json", "{\"color\": 7}", "must be like"},
           {"style.json", "{\"color\": \"#ffe000\"}", "too pale to read: its contrast is 1."},
           // 4.5:1 on white, less on the ground of boxes
           {"style.json", "{\"color\": \"#767676\"}", "too pale"},
           {"style.json", std::string(5000, ' '), "longer than 4096 bytes"},
           {"logo.png", "GIF89a", "handouts/logo.png: "},
           {"logo.svg", "<svg", "handouts/logo.svg: "}}) {
    INFO(one.text.substr(0, 80));
    lay(door, one.file, one.text);
    const auto refused = give(door);
    INFO(refused.body);
    CHECK(refused.status == 400);
    CHECK(says(refused, one.part));
    std::filesystem::remove(door.settings.data / "handouts" / one.file);
  }
  const auto style = door.settings.data / "handouts/style.json";
  std::filesystem::create_symlink("/etc/hostname", style);
  CHECK(says(give(door), "handouts/style.json: is not a regular file."));
  std::filesystem::remove(style);
  std::filesystem::create_directory(style);
  CHECK(says(give(door), "handouts/style.json: "));
  std::filesystem::remove(style);
  CHECK(door.rows() == before);
  lay(door, "style.json", "{\"color\": \"#5c0a3f\"}");
  CHECK(give(door).status == 201);
}

TEST_CASE("a clinic's logo and colour are on its sheets as soon as they lie in its folder") {
  Door door(any_engine());
  const auto sheet = [&](const std::string& what = ".pdf") {
    const auto answer = door.get(reception, "/pages/handout" + what);
    INFO(answer.body.substr(0, 300));
    REQUIRE(answer.status == 200);
    return answer.body;
  };
  const auto plain = sheet();
  CHECK(sheet() == plain);
  lay(door, "style.json", "{\"color\": \"#5c0a3f\"}");
  const auto colored = sheet();
  CHECK(colored != plain);
  CHECK(sheet("").find("#5c0a3f") != std::string::npos);
  lay(door, "logo.svg",
      "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>"
      "<rect width='40' height='20' fill='#5c0a3f'/></svg>");
  const auto with_logo = sheet();
  CHECK(with_logo != colored);
  lay(door, "logo.svg",
      "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>"
      "<script>alert(1)</script><rect width='40' height='20' fill='#5c0a3f'/></svg>");
  const auto refused = door.get(reception, "/pages/handout.pdf");
  CHECK(refused.status == 400);
  CHECK(says(refused, "handouts/logo.svg: "));
  lay(door, "logo.png", "\x89PNG\r\n");
  CHECK(says(door.get(reception, "/pages/handout.pdf"), "keep one of them"));
  std::filesystem::remove_all(door.settings.data / "handouts");
  CHECK(sheet() == plain);
}

TEST_CASE("whoever reads large print gets large print, unless something else is asked for") {
  Door door(any_engine());
  auto ann = patient("ann");
  ann["extension"] =
      Json::array({ext("urn:facet:accessible-format", "valueCode", "large-print")});
  door.must(physio, ann);
  CHECK(form(given(door), "text-size") == "large");
  CHECK(form(given(door, wish({code("text-size", "standard")})), "text-size") == "standard");
  const auto refused = give(door, wish({flag("booklet", true)}));
  CHECK(refused.status == 400);
  CHECK(refused.field() == "booklet");
  const auto booklet =
      given(door, wish({flag("booklet", true), code("text-size", "standard"), code("paper", "letter")}));
  CHECK(form(booklet, "booklet") == true);
  CHECK(form(booklet, "paper") == "letter");
  CHECK(bytes(door, booklet).body.starts_with("%PDF-"));
}

TEST_CASE("a parent takes the handout, and that is kept") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  door.must(physio, related_person("mum", "ann"));
  const auto document = given(door, wish({recipient("RelatedPerson/mum"), code("delivery", "email")}));
  CHECK(document["context"]["related"][0]["reference"] == "RelatedPerson/mum");
  CHECK(form(document, "delivery") == "email");
  auto gone = related_person("mum", "ann");
  gone["active"] = false;
  REQUIRE(door.put(physio, gone, "W/\"1\"").status == 200);
  CHECK(give(door, wish({recipient("RelatedPerson/mum")})).field() == "recipient");
}

TEST_CASE("what was given before more was kept of it is shown as it was") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  const auto document = given(door);
  const auto id = document["id"].get<std::string>();
  door.scratch.raw(
      "insert into document_reference (id, version, recorded_ms, author_id, patient_id, status, "
      "language, text_version, content_id, content_type, content_sha256, content_bytes, given_ms, "
      "given_by) select 'old', 1, recorded_ms, author_id, patient_id, status, language, 'en-GB 0.1', "
      "content_id, content_type, content_sha256, content_bytes, given_ms, given_by "
      "from document_reference where id = '" + id + "'");
  const auto old = door.get(physio, "/fhir/DocumentReference/old").json();
  for (const auto* name : {"track", "sides", "delivery", "language-asked"})
    CHECK(form(old, name).is_null());
  CHECK(form(old, "paper") == "a4");
  CHECK(form(old, "text-size") == "standard");
  CHECK(old["context"]["related"][0]["reference"] == "Patient/ann");
  CHECK(bytes(door, old).body == bytes(door, document).body);
}

TEST_CASE("a handout holds long names, mixed scripts and every symptom of the catalogue") {
  Door door(any_engine());
  auto ann = patient("ann");
  std::string family;
  for (int i = 0; i < 60; ++i) family += "Ω\u05d0\u0639한";
  ann["name"] = Json::array({{{"family", family.substr(0, 400 / 9 * 9)}, {"given", {"Zo\u00eb"}}}});
  door.must(physio, ann);
  int n = 0;
  const auto catalogue = door.get(physio, "/fhir/CodeSystem/symptom").json();
  for (const auto& one : catalogue["concept"]) {
    auto complaint = symptom("o" + std::to_string(++n), "ann");
    complaint["code"] = code_of("urn:facet:symptom", one["code"]);
    complaint.erase("bodySite");
    for (const auto& property : one["property"])
      if (property["code"] == "laterality" && !complaint.contains("bodySite"))
        complaint["bodySite"] = code_of("urn:facet:side", property["valueCode"]);
    if (door.put(physio, complaint).status != 201) --n;
  }
  CHECK(n >= 45);
  for (const auto* language : {"en-GB", "ar", "ko"})
    for (const auto* size : {"standard", "large"}) {
      const auto document = given(door, wish({code("language", language), code("text-size", size)}));
      CHECK(bytes(door, document).body.starts_with("%PDF-"));
    }
}

TEST_CASE("a handout that should not have been given is taken back with a reason, and stays kept") {
  Door door(any_engine());
  door.must(physio, patient("ann"));
  const auto document = given(door);
  const auto url = "/fhir/DocumentReference/" + document["id"].get<std::string>();
  const auto take_back = [&](const Who& who, const std::string& reason) {
    rest::Pairs headers;
    if (!reason.empty()) headers.emplace_back("x-provenance", reason_resource(reason).dump());
    return door.send(who, "POST", url + "/$enter-in-error", "", headers);
  };
  CHECK(take_back(physio, "").status == 400);
  CHECK(take_back(reception, "Not hers.").status == 403);
  CHECK(door.get(physio, url).json()["status"] == "current");
  const auto taken = take_back(physio, "Printed for the wrong person.");
  INFO(taken.body);
  REQUIRE(taken.status == 200);
  CHECK(taken.json()["status"] == "entered-in-error");
  CHECK(door.get(physio, url).json()["meta"]["versionId"] == "2");
  CHECK(door.get(physio, url + "/_history/1").json() == document);
  CHECK(bytes(door, document).body.starts_with("%PDF-"));
  CHECK(take_back(physio, "Again.").status == 409);
  CHECK(door.count("select count(*) from provenance where activity = 'enter-in-error'") == 1);
}
