// SPDX-License-Identifier: MPL-2.0
// Names as they are typed at the desk, over 100,000 patients: found, opened, and the audit record
// of the list committed.
#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <memory>
#include <random>
#include <stdexcept>

#include "base/clock.h"
#include "base/uuid.h"
#include "clinic/patient_index.h"
#include "clinic/patient_store.h"
#include "entry/clinic_app.h"

namespace {

using namespace facet;
using base::Json;

constexpr int patients = 100'000;
constexpr int shown = 20;  // as the page asks

const std::array<const char*, 48> given_names{
    "Olivia", "Amelia",  "Muhammad", "Noah",    "George",   "Isla",  "Ava",     "Ivy",
    "Freya",  "Lily",    "Florence", "Mia",     "Willow",   "Rosie", "Sophia",  "Jack",
    "Leo",    "Oscar",   "Arthur",   "Harry",   "Henry",    "Theo",  "Freddie", "Charlie",
    "Zoë",    "Siobhán", "Aoife",    "Wei",     "Li",       "Priya", "Anjali",  "Fatima",
    "Aisha",  "Omar",    "Yusuf",    "Chinedu", "Margaret", "Jean",  "Dorothy", "Patricia",
    "Susan",  "John",    "David",    "Peter",   "Paul",     "Mark",  "Andrew",  "Joanne"};
const std::array<const char*, 32> family_starts{
    "Smi", "Jon", "Tay",   "Bro", "Wil", "Ev",  "Tho", "Rob", "Joh", "Lew", "Wal",
    "Har", "Mac", "O'Con", "Pat", "Kha", "Ali", "Sin", "Oko", "Ada", "Che", "Lee",
    "Gar", "Rod", "Kow",   "Now", "Ber", "Fer", "Hug", "Mor", "Gri", "Wri"};
const std::array<const char*, 40> family_ends{
    "th",   "es",    "lor",    "wn",     "liams", "ans", "mas",   "erts",  "nson",  "is",
    "ker",  "rison", "kenzie", "nor",    "el",    "n",   "son",   "gh",    "nkwo",  "mu",
    "ng",   "sen",   "cia",    "rigues", "alski", "ak",  "nard",  "guson", "hes",   "gan",
    "ffin", "ght",   "ton",    "ley",    "ford",  "ham", "worth", "by",    "field", "stone"};

struct Name {
  std::string given, family;
};

/// The first of each list are the commonest, as in a telephone book.
template <std::size_t size>
const char* common(const std::array<const char*, size>& list, std::mt19937& random) {
  const double x = std::uniform_real_distribution<double>()(random);
  return list[static_cast<std::size_t>(static_cast<double>(size) * x * x)];
}

Name any_name(std::mt19937& random) {
  return {common(given_names, random),
          std::string(common(family_starts, random)) + common(family_ends, random)};
}

/// The first characters of a word, never half of one.
std::string beginning(const std::string& word, std::size_t length) {
  length = std::min(length, word.size());
  while (length < word.size() && (static_cast<unsigned char>(word[length]) & 0xC0) == 0x80)
    ++length;
  return word.substr(0, length);
}

/// What stands in the field after some key: a family name, or both names, begun.
std::string any_typed(std::mt19937& random) {
  const auto name = any_name(random);
  const auto length = 1 + random() % 6;
  if (random() % 2 == 0) return beginning(name.family, length);
  return beginning(name.given, 1 + random() % 4) + " " + beginning(name.family, length);
}

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
  Clinic() {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    std::string name = (program.parent_path() / "name-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the benchmark");
    settings_.data = name;
    settings_.create = true;
    settings_.database.location = (settings_.data / "facet.sqlite").string();
    settings_.gateway_enabled = false;
    open();
    app_.reset();
    fill();
    open();
    if (sqlite3_open(settings_.database.location.c_str(), &bare_) != SQLITE_OK)
      throw std::runtime_error("sqlite3_open");
    for (int words = 1; words <= 2; ++words) {
      const std::string more = words == 1 ? ""
                                          : "and exists (select 1 from patient_name_token b where "
                                            "b.patient_id = a.patient_id and b.token = ?2) ";
      const auto sql =
          "select id, version, recorded_ms, author_id, active, name_sealed, birth_date_sealed, "
          "telecom_sealed, wrapped_key "
          "from patient x join patient_key on patient_id = id where id in (select a.patient_id "
          "from patient_name_token a "
          "where a.token = ?1 " +
          more +
          "order by a.patient_id limit 21) and version = (select max(version) from patient y "
          "where y.id = x.id) order by id";
      if (sqlite3_prepare_v2(bare_, sql.c_str(), -1,
                             &statements_[static_cast<std::size_t>(words - 1)],
                             nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(bare_));
    }
  }
  ~Clinic() {
    for (auto* statement : statements_) sqlite3_finalize(statement);
    sqlite3_close(bare_);
    app_.reset();
    std::filesystem::remove_all(settings_.data);
  }

  void search(const std::string& typed, Answer& answer) {
    rest::Request request;
    request.method = "GET";
    request.path = "/fhir/Patient";
    request.query = {{"name", typed}, {"_count", std::to_string(shown)}};
    request.authenticated = true;
    request.principal = {"desk", {"reception"}, "10.0.0.8", "TREAT"};
    app_->handle(request, answer);
  }

  /// The tokens of what was typed, longest word first.
  std::vector<std::string> tokens(const std::string& typed) const {
    const auto space = typed.find(' ');
    if (space != std::string::npos && space < typed.size() - space - 1)
      return keys_->typed_tokens(typed.substr(space + 1) + " " + typed.substr(0, space));
    return keys_->typed_tokens(typed);
  }

  /// Gives the bytes of the rows, so that they are read.
  int bare(const std::vector<std::string>& tokens) {
    auto* statement = statements_[std::min<std::size_t>(tokens.size(), 2) - 1];
    for (std::size_t i = 0; i < tokens.size() && i < 2; ++i)
      sqlite3_bind_text(statement, static_cast<int>(i + 1), tokens[i].data(),
                        static_cast<int>(tokens[i].size()), SQLITE_STATIC);
    int bytes = 0;
    while (sqlite3_step(statement) == SQLITE_ROW)
      for (int i = 0; i < sqlite3_column_count(statement); ++i)
        bytes += sqlite3_column_bytes(statement, i);
    sqlite3_reset(statement);
    return bytes;
  }

 private:
  void open() {
    auto app = entry::ClinicApp::open(settings_);
    if (!app) throw std::runtime_error(app.error().message);
    app_ = std::move(*app);
  }

  void fill() {
    const auto keys = storage::load_keys(settings_.data / "keys");
    auto database = storage::Database::open(settings_.database, base::SystemClock().now_ms());
    if (!keys || !database) throw std::runtime_error("the clinic does not open");
    keys_ = std::make_unique<storage::PatientKeys>(*keys);
    base::SystemClock clock;
    storage::Acts acts(**database, *keys, clock);
    const base::Principal who{"import", {"admin"}, "", ""};
    const auto records = clinic::patient_records();
    std::mt19937 random(7);
    constexpr int batch = 5000;
    for (int from = 0; from < patients; from += batch) {
      const auto done = acts.write(who, [&](storage::Act& act) -> base::Status {
        for (int i = from; i < from + batch; ++i) {
          const auto name = any_name(random);
          clinic::Patient patient;
          patient.id = patient.patient_id = base::uuid_v7(1'600'000'000'000 + i * 60'000LL);
          patient.names =
              Json::array({{{"family", name.family}, {"given", Json::array({name.given})}}}).dump();
          patient.birth_date =
              std::to_string(1930 + i % 75) + "-0" + std::to_string(1 + i % 9) + "-17";
          patient.telecom =
              Json::array({{{"system", "phone"}, {"value", "07700" + std::to_string(900000 + i)}}})
                  .dump();
          act.keys.create(act.tx, patient.id, act.now_ms);
          if (auto ok = clinic::index_patient(act, records->amend(act, std::move(patient))); !ok)
            return ok;
        }
        return {};
      });
      if (!done) throw std::runtime_error(done.error().message);
    }
  }

  entry::Settings settings_;
  std::unique_ptr<entry::ClinicApp> app_;
  std::unique_ptr<storage::PatientKeys> keys_;
  sqlite3* bare_ = nullptr;
  std::array<sqlite3_stmt*, 2> statements_{};
};

Clinic& clinic() {
  static const auto made = std::make_unique<Clinic>();
  return *made;
}

/// Over all repetitions so far.
void report(benchmark::State& state, std::vector<double>& all_us) {
  std::sort(all_us.begin(), all_us.end());
  state.counters["p50_us"] = all_us[all_us.size() / 2];
  state.counters["p99_us"] = all_us[all_us.size() * 99 / 100];
}

template <class Fn>
double us_of(Fn&& fn) {
  const auto start = std::chrono::steady_clock::now();
  fn();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
      .count();
}

void facet_search(benchmark::State& state) {
  static std::vector<double> all_us;
  static std::mt19937 random(1);
  auto& all = clinic();
  Answer answer;
  for (auto _ : state) {
    const auto typed = any_typed(random);
    all_us.push_back(us_of([&] { all.search(typed, answer); }));
    if (answer.status != 200) return state.SkipWithError(answer.body.c_str());
  }
  report(state, all_us);
}

void bare_search(benchmark::State& state) {
  state.SetLabel("one prepared statement of SQLite over the same index, nothing opened, no audit");
  static std::vector<double> all_us;
  static std::mt19937 random(1);
  auto& all = clinic();
  for (auto _ : state) {
    const auto tokens = all.tokens(any_typed(random));
    all_us.push_back(us_of([&] { benchmark::DoNotOptimize(all.bare(tokens)); }));
  }
  report(state, all_us);
}

BENCHMARK(facet_search)->Name("name_search/facet")->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(bare_search)->Name("name_search/bare")->UseRealTime()->Unit(benchmark::kMicrosecond);

}  // namespace
