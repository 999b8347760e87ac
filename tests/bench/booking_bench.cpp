// SPDX-License-Identifier: MPL-2.0
// One booking at a time, committed durably, against a bare one-row commit of SQLite on the same
// disk.
#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "base/uuid.h"
#include "storage/audit_chain.h"
#include "storage/database.h"

namespace {

using namespace facet;
using storage::Transaction;

constexpr std::int64_t now_ms = 1'800'000'000'000;
constexpr std::int64_t minute_ms = 60'000;

/// Beside the program, in the build folder: /tmp may be memory, and the checkout somebody else's.
class Folder {
 public:
  Folder() {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    std::string name = (program.parent_path() / "booking-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the benchmark");
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

struct Hold {
  std::string resource;
  const char* type;
  std::int64_t minutes;
};

/// What plugin/scheduling writes for a booking: its version row, four holds in order of resource,
/// and the audit event.
base::Status book(storage::Database& database, const storage::AuditChain& audit,
                  const base::Principal& who, const std::string& patient, std::int64_t number) {
  const auto id = base::uuid_v7(now_ms + number);
  const auto start_ms = now_ms + number * 30 * minute_ms;
  return database.write([&](Transaction& tx) -> base::Status {
    tx.execute(
        "insert into appointment (id, version, recorded_ms, author_id, patient_id, "
        "service_request_id, schedule_id, status, start_ms, end_ms, local_start, time_zone) values "
        "(:id, :version, :recorded, :author, :patient, :request, :schedule, :status, :start, :end, "
        ":local, :zone)",
        id, 1, now_ms, who.user_id, patient, "018bcfe5-6800-7000-8000-000000000009",
        "018bcfe5-6800-7000-8000-000000000008", "booked", start_ms, start_ms + 20 * minute_ms,
        "2027-01-15T08:00", "Europe/London");
    const Hold holds[] = {{"018bcfe5-6800-7000-8000-000000000001", "Device", 30},
                          {"018bcfe5-6800-7000-8000-000000000002", "Location", 30},
                          {"018bcfe5-6800-7000-8000-000000000003", "Practitioner", 20},
                          {patient, "Patient", 20}};
    for (const auto& hold : holds) {
      const auto rows = tx.execute(
          "insert into booking_hold (resource_id, start_ms, end_ms, appointment_id, resource_type, "
          "override_reason) values (:resource, :start, :end, :appointment, :type, :reason) "
          "on conflict do nothing",
          hold.resource, start_ms, start_ms + hold.minutes * minute_ms, id, hold.type,
          std::optional<std::string>());
      if (rows != 1) return base::fail(base::ErrorCode::conflict, "", "taken");
    }
    audit.append(tx, who, {'C', "Appointment", id, {patient}, "0", {}}, now_ms);
    return {};
  });
}

void facet_booking(benchmark::State& state) {
  const Folder folder;
  auto opened =
      storage::Database::open({storage::Dialect::sqlite, folder.file("clinic.db")}, now_ms);
  if (!opened) return state.SkipWithError(opened.error().message.c_str());
  const storage::AuditChain audit(
      {std::string(32, 'c'), std::string(32, 'i'), std::string(32, 'a')});
  const base::Principal who{
      "018bcfe5-6800-7000-8000-000000000007", {"reception"}, "10.0.0.7", "TREAT"};
  std::vector<std::string> patients;
  for (int i = 0; i < 1000; ++i) patients.push_back(base::uuid_v7(now_ms));
  std::int64_t booked = 0;
  for (auto _ : state) {
    const auto& patient = patients[static_cast<std::size_t>(booked) % patients.size()];
    const auto done = book(**opened, audit, who, patient, booked);
    if (!done) return state.SkipWithError(done.error().message.c_str());
    ++booked;
  }
}

struct Bare {
  explicit Bare(const std::string& file) {
    if (sqlite3_open(file.c_str(), &db) != SQLITE_OK) throw std::runtime_error("sqlite3_open");
    const char* setup =
        "pragma journal_mode=wal; pragma synchronous=full; pragma wal_autocheckpoint=10000;"
        "create table appointment (id text primary key, start_ms bigint) without rowid";
    if (sqlite3_exec(db, setup, nullptr, nullptr, nullptr) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "insert into appointment values (?1, ?2)", -1, &insert, nullptr) !=
            SQLITE_OK)
      throw std::runtime_error("sqlite3_exec");
  }
  ~Bare() {
    sqlite3_finalize(insert);
    sqlite3_close(db);
  }
  sqlite3* db = nullptr;
  sqlite3_stmt* insert = nullptr;
};

void bare_commit(benchmark::State& state) {
  state.SetLabel("one row committed by the C API of SQLite, WAL, synchronous=FULL");
  const Folder folder;
  const Bare bare(folder.file("bare.db"));
  std::int64_t number = 0;
  for (auto _ : state) {
    const auto id = base::uuid_v7(now_ms + number);
    sqlite3_bind_text(bare.insert, 1, id.data(), static_cast<int>(id.size()), SQLITE_TRANSIENT);
    sqlite3_bind_int64(bare.insert, 2, number++);
    if (sqlite3_step(bare.insert) != SQLITE_DONE)
      return state.SkipWithError(sqlite3_errmsg(bare.db));
    sqlite3_reset(bare.insert);
  }
}

BENCHMARK(facet_booking)->Name("booking/facet")->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(bare_commit)->Name("booking/bare")->UseRealTime()->Unit(benchmark::kMicrosecond);

}  // namespace
