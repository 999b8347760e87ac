// SPDX-License-Identifier: MPL-2.0
// What the database's files give away to whoever copies them.
#include <chrono>
#include <fstream>
#include <sstream>

#include "door/door.h"
#include "door/records.h"

using namespace facet;
using namespace facet::testing;

namespace {

const std::vector<std::string> secrets{
    "Quillfeather", "quillfeather", "quillf",        "Ambrosius", "1963-11-27",
    "07700900987",  "Marzipan",     "9434765919",    "scalators", "Tiptoe",
    "Barnaby",      "07700900555",  "%PDF-",         "rf_ces_saddle.wiping"};  // an answer

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

/// PostgreSQL's answer to one question, asked by its superuser.
std::string answer_of(const Scratch& scratch, const std::string& sql) {
  PGconn* db = PQconnectdb(scratch.settings.location.c_str());
  PGresult* result = PQexec(db, sql.c_str());
  const std::string text = PQntuples(result) == 1 ? PQgetvalue(result, 0, 0) : "";
  PQclear(result);
  PQfinish(db);
  return text;
}

/// Where the engine keeps its files, written out: tables, logs, its own log.
std::filesystem::path files_of(const Scratch& scratch) {
  if (scratch.settings.dialect == Dialect::sqlite) return scratch.folder();
  scratch.raw("checkpoint");
  return answer_of(scratch, "show data_directory");
}

/// How often each text stands in the files that were written since `start`.
std::map<std::string, int> found_in(const std::filesystem::path& folder,
                                    std::filesystem::file_time_type start,
                                    const std::vector<std::string>& texts) {
  std::map<std::string, int> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    std::error_code gone;
    if (!entry.is_regular_file(gone) || entry.last_write_time(gone) < start || gone) continue;
    const auto bytes = text_of(entry.path());
    for (const auto& text : texts)
      if (bytes.find(text) != std::string::npos) ++found[text];
  }
  return found;
}

Json known_patient() {
  auto json = patient("ann", "Quillfeather");
  json["name"][0]["given"] = Json::array({"Ambrosius"});
  json["birthDate"] = "1963-11-27";
  json["telecom"][0]["value"] = "07700900987";
  json["address"][0]["text"] = "4 Marzipan Lane";
  json["identifier"] = Json::array(
      {{{"system", "https://fhir.nhs.uk/Id/nhs-number"}, {"value", "9434765919"}}});
  return json;
}

/// A visit with text wherever a clinician may write some.
void write_record(entry::ClinicApp& app) {
  const auto must = [&](const Json& resource) {
    const auto answer = ask(app, physio, "PUT",
                            "/fhir/" + resource["resourceType"].get<std::string>() + "/" +
                                resource["id"].get<std::string>(),
                            resource.dump());
    INFO(answer.body);
    REQUIRE(answer.status == 201);
  };
  must(known_patient());
  auto course = episode("e", "ann");
  course["extension"] = Json::array({ext("urn:facet:goal", "valueString", "Ride escalators")});
  must(course);
  must(encounter("v", "ann"));
  auto noted = symptom("o", "ann");
  noted["encounter"] = to("Encounter/v");
  noted["note"] = Json::array({{{"text", "Afraid of escalators, walks on Tiptoe"}}});
  must(noted);
  auto cleared = clearance("k", "ann");
  cleared["summary"] = "Tiptoe again";
  must(cleared);
  must(screening("q", "ann", ask(app, physio, "GET", "/fhir/Questionnaire/screening").json()));
}

/// Requests that are refused at every depth, each with something that nobody else should read.
void be_refused(entry::ClinicApp& app) {
  const auto refused = [&](const Who& who, const char* method, const std::string& url,
                           const Json& body = nullptr) {
    const auto answer = ask(app, who, method, url, body.is_null() ? "" : body.dump());
    INFO(url << " " << answer.body);
    CHECK(answer.status >= 400);
  };
  auto other = known_patient();
  other["address"][0]["text"] = "5 Marzipan Lane";
  refused(physio, "PUT", "/fhir/Patient/ann", other);  // without If-Match
  auto wrong = symptom("o2", "ann", 11);
  wrong["note"] = Json::array({{{"text", "Tiptoe"}}});
  refused(physio, "PUT", "/fhir/Observation/o2", wrong);
  auto nul = symptom("o3", "ann");
  nul["note"] = Json::array({{{"text", std::string("Tiptoe\0", 7)}}});
  nul["code"]["coding"][0]["code"] = std::string("Tiptoe\0", 7);
  refused(physio, "PUT", "/fhir/Observation/o3", nul);
  refused(reception, "GET", "/fhir/Observation?code=Tiptoe");
  refused(physio, "GET", "/fhir/Observation/Quillfeather, Ambrosius");
  refused(physio, "GET", "/fhir/Patient?address=Marzipan");
}

}  // namespace

TEST_CASE("no file of the database gives away name, birth date, phone, address or note") {
  const auto start = std::filesystem::file_time_type::clock::now() - std::chrono::seconds(2);
  Door door(any_engine());
  door.close();
  // A server that logs all it is told: what Facet sends it is sealed already.
  auto& location = door.settings.database.location;
  if (door.scratch.settings.dialect == Dialect::postgresql)
    location.insert(location.find("options='") + 9,
                    "-clog_statement=all -clog_min_duration_statement=0 "
                    "-clog_min_error_statement=debug1 -clog_error_verbosity=verbose ");
  auto app = entry::ClinicApp::open(door.settings);
  if (!app) FAIL(app.error().message);
  write_record(**app);
  REQUIRE(ask(**app, physio, "POST", "/fhir/Patient/ann/$handout").status == 201);
  const auto typed = ask(**app, physio, "GET", "/fhir/Patient?name=quillf");
  CHECK(typed.body.find("Quillfeather") != std::string::npos);
  be_refused(**app);

  auto look_for = secrets;
  look_for.emplace_back("tennis_elbow");
  for (const bool open : {true, false}) {  // with the write-ahead log, and without
    if (!open) app->reset();
    auto found = found_in(files_of(door.scratch), start, look_for);
    CHECK(found["tennis_elbow"] > 0);  // it does find what is plain
    for (const auto& secret : secrets) {
      INFO(secret);
      CHECK(found[secret] == 0);
    }
  }
}

TEST_CASE("SQLite keeps temporary data in memory and overwrites what is deleted") {
  Door door(Dialect::sqlite, false);
  CHECK(door.count("select temp_store from pragma_temp_store") == 2);
  CHECK(door.count("select secure_delete from pragma_secure_delete") == 1);
}
