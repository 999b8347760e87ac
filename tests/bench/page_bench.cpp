// SPDX-License-Identifier: MPL-2.0
// A patient's page, with its audit record committed: three years of weekly visits of one patient
// among 100,000 who average two, and among 10,000.
#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <thread>

#include "base/clock.h"
#include "base/json.h"
#include "base/time_text.h"
#include "entry/clinic_app.h"

namespace {

using namespace facet;
using base::Json;

constexpr int weeks = 156;
constexpr const char* weekly_patient = "weekly";

class Answer final : public rest::Response {
 public:
  void begin(int http_status) override {
    status = http_status;
    body.clear();
  }
  void header(std::string_view, std::string_view) override {}
  bool write(std::string_view chunk) override {
    body += chunk;
    return true;
  }
  bool flush() override { return true; }
  int status = 0;
  std::string body;
};

/// A clinic beside the program: /tmp may be memory.
class Clinic {
 public:
  explicit Clinic(int patients) {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    std::string name = (program.parent_path() / "page-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the benchmark");
    settings_.data = name;
    settings_.create = true;
    settings_.database.location = settings_.data / "facet.sqlite";
    settings_.gateway_enabled = false;
    open();
    record_weekly_patient(patients);
    app_.reset();
    add_others(patients);
    open();
  }
  ~Clinic() {
    app_.reset();
    std::filesystem::remove_all(settings_.data);
  }

  void page(Answer& answer) {
    ask("GET", std::string("/pages/patient/") + weekly_patient, "", answer);
  }
  /// Something that somebody else writes meanwhile.
  void stress(int number) {
    Answer answer;
    put({{"resourceType", "Observation"},
         {"id", "load-" + std::to_string(number)},
         {"status", "final"},
         {"code",
          {{"coding", Json::array({{{"system", "urn:facet:measure"}, {"code", "stress"}}})}}},
         {"subject", {{"reference", "Patient/writer"}}},
         {"effectiveDateTime", "2026-01-01T09:00:00Z"},
         {"valueInteger", number % 11}});
  }

 private:
  void open() {
    auto app = entry::ClinicApp::open(settings_);
    if (!app) throw std::runtime_error(app.error().message);
    app_ = std::move(*app);
  }

  void ask(const char* method, const std::string& path, const std::string& body, Answer& answer) {
    rest::Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.authenticated = true;
    request.principal = {"physio", {"physiotherapist"}, "10.0.0.7", "TREAT"};
    app_->handle(request, answer);
  }

  void put(const Json& resource) {
    Answer answer;
    ask("PUT",
        "/fhir/" + resource["resourceType"].get<std::string>() + "/" +
            resource["id"].get<std::string>(),
        resource.dump(), answer);
    if (answer.status >= 300) throw std::runtime_error(answer.body);
  }

  static Json person(const char* id) {
    return {{"resourceType", "Patient"},
            {"id", id},
            {"name", Json::array({{{"family", "Okonkwo"}, {"given", Json::array({"Zebedee"})}}})},
            {"birthDate", "1971-03-29"}};
  }

  /// Ids grow with time, as UUIDv7 do, so that one patient's visits lie far apart.
  static std::string id_at(std::int64_t place, char mark, int number) {
    char text[64];
    std::snprintf(text, sizeof text, "%012llx-7%c%02d-8000-000000000000",
                  static_cast<unsigned long long>(place), mark, number);
    return text;
  }

  void record_weekly_patient(int patients) {
    put(person("writer"));
    put(person(weekly_patient));
    const std::int64_t start_ms = *base::parse_instant("2023-11-20T09:00:00Z");
    for (int week = 0; week < weeks; ++week) {
      const auto place = std::int64_t{20} * patients * (week + 1) / (weeks + 1);
      const auto at = base::instant_text(start_ms + week * std::int64_t{7 * 86'400'000});
      Json bundle{{"resourceType", "Bundle"}, {"type", "transaction"}, {"entry", Json::array()}};
      const auto add = [&](Json resource) {
        const auto url =
            resource["resourceType"].get<std::string>() + "/" + resource["id"].get<std::string>();
        bundle["entry"].push_back(
            {{"resource", std::move(resource)}, {"request", {{"method", "PUT"}, {"url", url}}}});
      };
      const auto visit = id_at(place, 'e', 0);
      add({{"resourceType", "Encounter"},
           {"id", visit},
           {"status", "in-progress"},
           {"class", {{"code", "AMB"}}},
           {"subject", {{"reference", std::string("Patient/") + weekly_patient}}},
           {"period", {{"start", at}}}});
      int number = 0;
      const auto found = [&](const char* system, const char* code, int value, Json codings) {
        Json one{{"resourceType", "Observation"},
                 {"id", id_at(place, 'a', number++)},
                 {"status", "final"},
                 {"code", {{"coding", Json::array({{{"system", system}, {"code", code}}})}}},
                 {"subject", {{"reference", std::string("Patient/") + weekly_patient}}},
                 {"encounter", {{"reference", "Encounter/" + visit}}},
                 {"effectiveDateTime", at},
                 {"valueInteger", value}};
        if (!codings.empty()) one["bodySite"] = {{"coding", std::move(codings)}};
        add(std::move(one));
      };
      const auto side = [](const char* code) {
        return Json{{"system", "urn:facet:side"}, {"code", code}};
      };
      const auto level = [](const char* code) {
        return Json{{"system", "urn:facet:spinal-level"}, {"code", code}};
      };
      for (const char* symptom : {"tennis_elbow", "shoulder_pain", "sciatica", "neck_pain"})
        found("urn:facet:symptom", symptom, (week * 7) % 11, Json::array({side("right")}));
      found("urn:facet:measure", "stress", week % 11, Json::array());
      for (const char* joint : {"C6-C7", "T5-T6", "L4-L5"})
        for (const char* where : {"left", "right"})
          found("urn:facet:measure", "segmental-motion", week % 7,
                Json::array({level(joint), side(where)}));
      Answer answer;
      ask("POST", "/fhir", bundle.dump(), answer);
      if (answer.status >= 300) throw std::runtime_error(answer.body);
    }
    record_screening();
  }

  void record_screening() {
    Answer answer;
    ask("GET", "/fhir/Questionnaire/screening", "", answer);
    const auto questions = Json::parse(answer.body);
    const std::function<Json(const Json&)> no_to = [&](const Json& items) {
      Json answers = Json::array();
      for (const auto& item : items) {
        Json one{{"linkId", item["linkId"]}};
        if (item["type"] != "group")
          one["answer"] =
              Json::array({{{"valueCoding", {{"system", "urn:facet:answer"}, {"code", "no"}}}}});
        if (item.contains("item")) one["item"] = no_to(item["item"]);
        answers.push_back(std::move(one));
      }
      return answers;
    };
    put({{"resourceType", "QuestionnaireResponse"},
         {"id", "screening"},
         {"questionnaire", "urn:facet:questionnaire:screening"},
         {"status", "completed"},
         {"subject", {{"reference", std::string("Patient/") + weekly_patient}}},
         {"authored", base::instant_text(base::SystemClock().now_ms())},
         {"item", no_to(questions["item"])}});
  }

  /// Two visits of eleven records each, in rows of the usual sizes; nobody opens what is sealed in
  /// them.
  void add_others(int patients) {
    sqlite3* db = nullptr;
    if (sqlite3_open(settings_.database.location.c_str(), &db) != SQLITE_OK)
      throw std::runtime_error("sqlite3_open");
    const std::string n = std::to_string(patients), rows = std::to_string(20 * patients),
                      visits = std::to_string(2 * patients);
    const std::string who = "printf('other-%07d', i % " + n + ")";
    const std::string counting = " from n";
    const auto numbers = [](const std::string& count) {
      return "with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < " +
             count + ") ";
    };
    const std::string sql =
        "pragma synchronous=off; begin;" +
        std::string(
            "insert into patient_key (patient_id, wrapped_key, clinic_key_id, created_ms) ") +
        numbers(n) + "select " + who +
        ", hex(randomblob(45)), (select clinic_key_id from patient_key limit 1), 1700000000000 from n;"
        "insert into patient (id, version, recorded_ms, author_id, organization_id, active, "
        "name_sealed) " +
        numbers(n) + "select " + who +
        ", 1, 1700000000000, 'physio', '', 1, hex(randomblob(60)) from n;"
        "insert into encounter (id, version, recorded_ms, author_id, patient_id, status, "
        "start_ms) " +
        numbers(visits) +
        "select printf('%012x-7e00-9000-000000000000', i * 10), 1, 1700000000000, 'physio', " +
        who +
        ", 'in-progress', 1700000000000 + i * 1000 from n;"
        "insert into observation (id, version, recorded_ms, author_id, patient_id, encounter_id, "
        "status, code_system, "
        "code, side, value, effective_ms) " +
        numbers(rows) +
        "select printf('%012x-7a00-9000-000000000000', i), 1, 1700000000000, 'physio', "
        "printf('other-%07d', (i / 10) % " +
        n +
        "), printf('%012x-7e00-9000-000000000000', i / 10 * 10), 'final', "
        "'urn:facet:symptom', 'tennis_elbow', 'right', i % 11, 1700000000000 + i * 100 from n; "
        "commit; analyze";
    char* problem = nullptr;
    const int done = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &problem);
    const std::string text = problem != nullptr ? problem : "";
    sqlite3_free(problem);
    sqlite3_close(db);
    if (done != SQLITE_OK) throw std::runtime_error(text);
  }

  entry::Settings settings_;
  std::unique_ptr<entry::ClinicApp> app_;
};

Clinic& among(int patients) {
  static std::unique_ptr<Clinic> few, many;
  auto& clinic = patients > 10'000 ? many : few;
  if (!clinic) clinic = std::make_unique<Clinic>(patients);
  return *clinic;
}

/// p99 over all repetitions so far.
void report_p99(benchmark::State& state, std::vector<double>& all_us) {
  std::sort(all_us.begin(), all_us.end());
  state.counters["p99_us"] = all_us[all_us.size() * 99 / 100];
}

void read_pages(benchmark::State& state, int patients, std::vector<double>& all_us) {
  auto& clinic = among(patients);
  Answer answer;
  for (auto _ : state) {
    const auto start = std::chrono::steady_clock::now();
    clinic.page(answer);
    all_us.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
            .count());
    if (answer.status != 200) return state.SkipWithError(answer.body.c_str());
  }
  report_p99(state, all_us);
}

void page_of_many(benchmark::State& state) {
  static std::vector<double> all_us;
  read_pages(state, 100'000, all_us);
}
BENCHMARK(page_of_many)->Name("page/facet")->Unit(benchmark::kMicrosecond)->UseRealTime();

void page_of_few(benchmark::State& state) {
  state.SetLabel("the same page among 10,000 patients");
  static std::vector<double> all_us;
  read_pages(state, 10'000, all_us);
}
BENCHMARK(page_of_few)->Name("page/bare")->Unit(benchmark::kMicrosecond)->UseRealTime();

/// Two others write as fast as they can.
class Writers {
 public:
  explicit Writers(Clinic& clinic) {
    for (auto& thread : threads_)
      thread = std::thread([&] {
        while (!stop_) clinic.stress(next_++);
      });
  }
  ~Writers() {
    stop_ = true;
    for (auto& thread : threads_) thread.join();
  }

 private:
  static inline std::atomic<int> next_{0};
  std::atomic<bool> stop_{false};
  std::thread threads_[2];
};

void page_while_others_write(benchmark::State& state) {
  static std::vector<double> all_us;
  const Writers writers(among(100'000));
  read_pages(state, 100'000, all_us);
}
BENCHMARK(page_while_others_write)
    ->Name("page_and_writers/facet")
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();

void page_alone(benchmark::State& state) {
  state.SetLabel("the same page with nobody writing");
  static std::vector<double> all_us;
  read_pages(state, 100'000, all_us);
}
BENCHMARK(page_alone)->Name("page_and_writers/bare")->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace
