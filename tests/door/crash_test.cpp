// SPDX-License-Identifier: MPL-2.0
// Whole visits are written by a program that is killed. A longer campaign, on one engine's name or
// both: FACET_CRASH_ROUNDS=200 build/dev/bin/door "a visit that was acknowledged*"
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstring>
#include <random>
#include <thread>

#include "base/uuid.h"
#include "door/door.h"
#include "door/records.h"

using namespace facet;
using namespace facet::testing;

namespace {

using VisitId = std::array<char, 36>;

constexpr int patients = 5;
constexpr int findings = 10;  // Observations of one visit

std::string patient_id(int n) {
  return "p" + std::to_string(n);
}

/// A transaction of 12 records: the visit, ten findings, the screening.
Json visit(const std::string& visit_id, const std::string& patient, const Json& questionnaire) {
  Json entries = Json::array();
  const auto add = [&](Json resource) {
    resource.erase("id");
    const bool first = entries.empty();
    if (!first) resource["encounter"] = to("urn:uuid:" + visit_id);
    const auto id = first ? visit_id : base::uuid_v7(real_now_ms());
    const auto type = resource["resourceType"];
    entries.push_back({{"fullUrl", "urn:uuid:" + id},
                       {"resource", std::move(resource)},
                       {"request", {{"method", "POST"}, {"url", type}}}});
  };
  add(encounter("", patient));
  for (int i = 0; i < findings; ++i) {
    auto finding = symptom("", patient, i);
    finding["note"] = Json::array({{{"text", "Worse on the stairs " + visit_id}}});
    add(finding);
  }
  add(screening("", patient, questionnaire));
  return {{"resourceType", "Bundle"}, {"type", "transaction"}, {"entry", entries}};
}

/// Records visits on four threads for ever, and tells the id of each acknowledged one.
[[noreturn]] void record_visits(const entry::Settings& settings, int pipe) {
  auto app = entry::ClinicApp::open(settings);
  if (!app) ::_exit(1);
  const auto questionnaire = ask(**app, physio, "GET", "/fhir/Questionnaire/screening").json();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = t;; ++i) {
        const auto id = base::uuid_v7(real_now_ms());
        const auto body = visit(id, patient_id(i % patients), questionnaire).dump();
        const auto answer = ask(**app, physio, "POST", "/fhir", body);
        if (answer.status != 200) ::_exit(2);
        if (::write(pipe, id.data(), id.size()) != static_cast<ssize_t>(id.size())) ::_exit(3);
      }
    });
  for (;;) ::pause();
}

/// What was acknowledged before the program was killed, at a random moment.
std::vector<std::string> kill_at_random(const entry::Settings& settings, std::mt19937& random) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::close(ends[0]);
    record_visits(settings, ends[1]);
  }
  ::close(ends[1]);
  const auto enough = random() % 40;
  const std::chrono::microseconds moment(random() % 20'000);
  std::vector<std::string> acknowledged;
  VisitId id;
  const auto next = [&] {
    if (::read(ends[0], id.data(), id.size()) != static_cast<ssize_t>(id.size())) return false;
    acknowledged.emplace_back(id.data(), id.size());
    return true;
  };
  while (acknowledged.size() < enough && next()) {
  }
  const auto until = std::chrono::steady_clock::now() + moment;
  while (std::chrono::steady_clock::now() < until) {
  }
  REQUIRE(::kill(child, SIGKILL) == 0);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  while (next()) {
  }
  ::close(ends[0]);
  INFO("exit code " << (WIFEXITED(status) ? WEXITSTATUS(status) : 0));
  REQUIRE(WIFSIGNALED(status));
  return acknowledged;
}

int rounds() {
  const char* given = std::getenv("FACET_CRASH_ROUNDS");
  return given == nullptr ? 4 : std::atoi(given);
}

const std::string halves =
    "select count(*) from encounter e where (select count(*) from observation o where "
    "o.encounter_id = e.id) <> " +
    std::to_string(findings) +
    " or (select count(*) from questionnaire_response q where q.encounter_id = e.id) <> 1";

}  // namespace

TEST_CASE("a visit that was acknowledged is there, whole, after kill -9, and none by half") {
  Door door(any_engine());
  for (int n = 0; n < patients; ++n) door.must(physio, patient(patient_id(n)));
  door.close();
  const auto seed = std::random_device()();
  std::mt19937 random(seed);
  std::int64_t told = 0;
  for (int round = 0; round < rounds(); ++round) {
    const auto acknowledged = kill_at_random(door.settings, random);
    told += static_cast<std::int64_t>(acknowledged.size());
    INFO("seed " << seed << ", round " << round << ", acknowledged " << acknowledged.size());

    auto app = entry::ClinicApp::open(door.settings);
    if (!app) FAIL(app.error().message);
    for (const auto& id : acknowledged)
      CHECK(door.count("select count(*) from encounter where id = '" + id + "'") == 1);
    CHECK(door.count(halves) == 0);
    CHECK(door.count("select count(*) from encounter") >= told);
    // One event for each record, and no event of a record that is not there.
    for (const std::string table : {"encounter", "observation", "questionnaire_response"})
      CHECK(door.count("select count(*) from " + table +
                       " x left join (select resource_id, count(*) as events from audit_event "
                       "where action = 'C' and outcome = '0' group by resource_id) a "
                       "on a.resource_id = x.id where coalesce(events, 0) <> 1") == 0);
    CHECK(door.count("select count(*) from audit_event where action = 'C' and outcome = '0' and "
                     "resource_type in ('Encounter', 'Observation', 'QuestionnaireResponse')") ==
          door.count("select (select count(*) from encounter) + (select count(*) from "
                     "observation) + (select count(*) from questionnaire_response)"));
    const auto trail = ask(**app, admin, "GET", "/admin/audit/verify");
    INFO(trail.body);
    CHECK(trail.json()["valid"] == true);
    if (!acknowledged.empty()) {
      const auto& last = acknowledged.back();
      const auto found = ask(**app, physio, "GET", "/fhir/Observation?encounter=Encounter/" + last);
      CHECK(found.body.find("Worse on the stairs " + last) != std::string::npos);
    }
    if (door.scratch.settings.dialect == Dialect::sqlite)
      CHECK(door.count("select count(*) from pragma_integrity_check where integrity_check = "
                       "'ok'") == 1);
  }
}
