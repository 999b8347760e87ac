// SPDX-License-Identifier: MPL-2.0
// The built facet with the real plugin and the simulated bed: nothing is faked but the bed's
// motors.
#include <catch2/catch.hpp>

#include <regex>

#include "host/program.h"
#include "host/test_clinic.h"
#include "hosts/standalone/json.h"

using namespace facet::hosts;
using namespace facet::hosts::testing;
using Catch::Contains;

namespace {

Outcome facet_real(const std::string& words) {
  return run(words, FACET_PLUGIN);
}

// The main job as `facet demo --smoke` does it, on a folder that stays.
struct DoneJob {
  TemporaryFolder temporary;
  std::filesystem::path clinic = temporary.path() / "clinic";
  std::filesystem::path files = temporary.path() / "files";
  std::string data = " --data " + clinic.string();
  Outcome smoke = facet_real("demo --smoke" + data + " --out " + files.string());
};

std::vector<Json> resources(const std::filesystem::path& file) {
  std::vector<Json> all;
  std::istringstream lines(read_file(file));
  for (std::string line; std::getline(lines, line);) all.push_back(Json::parse(line));
  return all;
}

bool matches(const std::string& text, const std::string& pattern) {
  return std::regex_search(text, std::regex(pattern));
}

}  // namespace

TEST_CASE("demo --smoke does the main job with the real plugin and bed") {
  const DoneJob job;
  INFO(job.smoke.output);
  REQUIRE(job.smoke.exit_code == 0);
  for (const char* line : {"1  visit recorded +[0-9]+ ms   Encounter/",
                           "2  clearance +[0-9]+ ms   ClinicalImpression/",
                           "without it the bed was refused: No current clearance\\.\n",
                           "3  handout +[0-9]+ ms   DocumentReference/",
                           "4  bed session booked +[0-9]+ ms   Appointment/",
                           "was refused: ", "5  bed session run +[0-9]+ ms   Procedure/",
                           "button pressed with nobody on the bed: still \"accepted\"",
                           "ordered, accepted, ready, running, completed; recorded once",
                           "6  exported, audited +[0-9]+ ms   [0-9]+ resources in [0-9]+ NDJSON",
                           "audit trail whole, [0-9]+ events", "The main job works\\.\n$"}) {
    INFO(line);
    CHECK(matches(job.smoke.output, line));
  }
  std::istringstream lines(job.smoke.output);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 120);
  CHECK(read_file(job.files / "handout.pdf").starts_with("%PDF-"));
  const auto done = resources(job.files / "fhir/Procedure.ndjson");
  REQUIRE(done.size() == 1);
  CHECK(done[0].at("status") == "completed");
}

TEST_CASE("doctor, audit, export and handout work on the folder that the demonstration leaves") {
  const DoneJob job;
  REQUIRE(job.smoke.exit_code == 0);
  const Outcome doctor = facet_real("doctor" + job.data);
  CHECK(doctor.exit_code == 0);
  CHECK_THAT(doctor.output, Contains("good  the audit trail is whole") && !Contains("BAD"));
  const Outcome audit = facet_real("audit verify" + job.data);
  CHECK(audit.exit_code == 0);
  CHECK(matches(audit.output, "^The audit trail is whole: [1-9][0-9]+ events\\.\n$"));

  const auto out = job.temporary.path() / "out";
  const Outcome fhir =
      facet_real("export --format fhir --out " + (out / "fhir").string() + job.data);
  INFO(fhir.output);
  REQUIRE(fhir.exit_code == 0);
  CHECK(resources(out / "fhir/Patient.ndjson").size() == 6);
  CHECK(resources(out / "fhir/Procedure.ndjson").size() == 1);
  CHECK(resources(out / "fhir/Appointment.ndjson").size() == 1);
  const Outcome csv = facet_real("export --format csv --out " + (out / "csv").string() + job.data);
  CHECK(csv.exit_code == 0);
  CHECK(lines_of(read_file(out / "csv/Patient.csv")) == 7);

  const Outcome blocked =
      facet_real("export --format csv --out " + (out / "csv/Patient.csv").string() + job.data);
  CHECK(blocked.exit_code == 1);
  CHECK_THAT(blocked.output,
             Contains("facet: cannot make the folder ") && !Contains("filesystem error"));

  const Outcome rotated = facet_real("key rotate" + job.data);
  INFO(rotated.output);
  CHECK(rotated.exit_code == 0);
  CHECK_THAT(rotated.output, Contains("wraps 6 patients' keys again"));

  const std::string patient = resources(out / "fhir/Patient.ndjson").at(0).at("id");
  const auto pdf = out / "handout.pdf";
  const Outcome handout =
      facet_real("handout --patient " + patient + " --out " + pdf.string() + job.data);
  CHECK(handout.exit_code == 0);
  CHECK_THAT(handout.output, Contains(pdf.string()) && Contains("DocumentReference/"));
  CHECK(read_file(pdf).starts_with("%PDF-"));
  const Outcome korean = facet_real("handout --patient " + patient + " --language ko --track prevention" +
                                    " --paper letter --booklet --out " + pdf.string() + job.data);
  INFO(korean.output);
  CHECK(korean.exit_code == 0);
  const Outcome unknown =
      facet_real("handout --patient " + patient + " --recipient nobody --out " +
                 (out / "no.pdf").string() + job.data);
  CHECK(unknown.exit_code == 1);
  CHECK(unknown.output == "facet: This patient has no related person with this id.\n");
  const Outcome nobody =
      facet_real("handout --patient nobody --out " + (out / "no.pdf").string() + job.data);
  CHECK(nobody.exit_code == 1);
  CHECK(nobody.output == "facet: There is no Patient with this id.\n");
  CHECK_FALSE(std::filesystem::exists(out / "no.pdf"));
}
