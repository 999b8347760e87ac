// SPDX-License-Identifier: MPL-2.0
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "storage/digest.h"
#include "storage/key_rotation.h"
#include "store/engines.h"

using namespace facet;
using namespace facet::testing;
using base::ErrorCode;
using storage::KeyRotation;
using storage::PatientKeys;
using storage::Transaction;

namespace {

const std::string place = "patient.name";

/// A clinic with keys in a folder, and patients whose sealed name is their id.
struct Clinic {
  explicit Clinic(Dialect dialect) : scratch(dialect), database(scratch.open()) {
    REQUIRE(storage::create_keys(folder.path).has_value());
  }

  PatientKeys keys() const {
    auto loaded = storage::load_keys(folder.path);
    if (!loaded) FAIL(loaded.error().message);
    return PatientKeys(*loaded);
  }
  std::string old_key() const { return storage::load_keys(folder.path)->clinic; }

  static base::Status add(storage::Database& database, const PatientKeys& keys,
                          const std::vector<std::string>& ids) {
    return database.write([&](Transaction& tx) -> base::Status {
      for (const auto& id : ids)
        tx.execute(
            "insert into patient (id, version, recorded_ms, author_id, organization_id, active, "
            "name_sealed) values (:id, 1, 1, 'u', 'o', 1, :name)",
            id, keys.create(tx, id, now_ms).seal(id, place));
      return {};
    });
  }
  void add(const PatientKeys& keys, int count, const std::string& prefix = "p") {
    std::vector<std::string> ids;
    for (int i = 0; i < count; ++i) ids.push_back(prefix + std::to_string(i));
    REQUIRE(ok(add(*database, keys, ids)));
  }

  /// How many patients there are; all of them open.
  static base::Result<std::int64_t> opens(storage::Database& database, const PatientKeys& keys) {
    return database.read([&](Transaction& tx) -> base::Result<std::int64_t> {
      std::int64_t count = 0;
      for (const auto& [id, sealed] :
           tx.query<std::string, std::string>("select id, name_sealed from patient")) {
        if (keys.get(tx, id).unseal(sealed, place) != id)
          return base::fail(ErrorCode::internal, "", "a name is not what it was");
        ++count;
      }
      return count;
    });
  }
  void check(const PatientKeys& keys, std::int64_t patients) {
    const auto found = opens(*database, keys);
    if (!found) FAIL(found.error().message);
    CHECK(*found == patients);
  }
  void rotate() {
    auto rotation = KeyRotation::begin(*database, keys(), now_ms);
    REQUIRE(rotation.has_value());
    REQUIRE(ok(rotation->finish()));
  }
  std::int64_t key_count() { return count(*database, "select count(*) from clinic_key"); }

  std::string bytes_of_keys() const {
    std::ostringstream all;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path))
      all << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    return all.str();
  }

  Folder folder;
  Scratch scratch;
  std::unique_ptr<storage::Database> database;
};

}  // namespace

TEST_CASE("a rotated clinic opens with the new key only, and the old one is gone") {
  Clinic clinic(any_engine());
  clinic.add(clinic.keys(), 250);
  const auto before = storage::load_keys(clinic.folder.path).value();
  auto rotation = KeyRotation::begin(*clinic.database, clinic.keys(), now_ms);
  REQUIRE(rotation.has_value());
  REQUIRE(ok(rotation->finish()));
  CHECK(rotation->patients() == 250);
  clinic.check(clinic.keys(), 250);
  CHECK(clinic.key_count() == 1);
  CHECK(count(*clinic.database, "select count(*) from patient_key where clinic_key_id = '" +
                                    rotation->key_id() + "'") == 250);

  CHECK(clinic.bytes_of_keys().find(before.clinic) == std::string::npos);
  CHECK_FALSE(std::filesystem::exists(clinic.folder.path / "clinic-next.key"));
  for (const auto& entry : std::filesystem::directory_iterator(clinic.folder.path))
    CHECK(entry.status().permissions() == static_cast<std::filesystem::perms>(0600));
  const PatientKeys old({before.clinic, before.index, before.audit});
  const auto refused = Clinic::opens(*clinic.database, old);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::internal);
  CHECK(refused.error().message.find("not in DIR/keys") != std::string::npos);
}

TEST_CASE("a clinic is rotated while others read, write and register") {
  Clinic clinic(any_engine());
  clinic.add(clinic.keys(), 300);
  std::atomic<bool> stop = false;
  std::atomic<std::int64_t> added = 0, reads = 0;
  std::vector<std::string> faults(4);
  std::vector<std::thread> others;
  for (std::size_t t = 0; t < 4; ++t)
    others.emplace_back([&, t, keys = clinic.keys()] {  // each as a program of its own
      for (int i = 0; !stop && faults[t].empty(); ++i) {
        if (t < 2) {
          const auto found = Clinic::opens(*clinic.database, keys);
          if (!found) faults[t] = found.error().message;
          ++reads;
        } else {
          const auto done = Clinic::add(*clinic.database, keys,
                                        {"t" + std::to_string(t) + "-" + std::to_string(i)});
          if (!done) faults[t] = done.error().message;
          ++added;
        }
      }
    });
  while (reads < 2 || added < 2) std::this_thread::yield();
  for (int round = 0; round < 3; ++round) clinic.rotate();
  stop = true;
  for (auto& other : others) other.join();
  for (const auto& fault : faults) CHECK(fault.empty());
  clinic.check(clinic.keys(), 300 + added);
  CHECK(clinic.key_count() == 1);
}

TEST_CASE("a rotation that is left after any step leaves an open clinic, and the next finishes it") {
  const auto dialect = any_engine();
  bool finished = false;
  for (int steps = 0; !finished; ++steps) {
    Clinic clinic(dialect);
    const auto stale = clinic.keys();
    clinic.add(stale, 150);
    const auto old = clinic.old_key();
    {
      auto rotation = KeyRotation::begin(*clinic.database, clinic.keys(), now_ms);
      REQUIRE(rotation.has_value());
      for (int i = 0; i < steps && !finished; ++i) {
        auto more = rotation->step();
        if (!more) FAIL(more.error().message);
        finished = !*more;
      }
    }
    INFO("after " << steps << " steps");
    clinic.check(clinic.keys(), 150);
    clinic.check(stale, 150);
    clinic.add(stale, 1, "other");
    clinic.add(clinic.keys(), 1, "new");
    if (!finished) clinic.rotate();
    clinic.check(clinic.keys(), 152);
    CHECK(clinic.key_count() == 1);
    CHECK(clinic.bytes_of_keys().find(old) == std::string::npos);
  }
}

TEST_CASE("kill -9 at any point of a rotation loses nothing") {
  Clinic clinic(any_engine());
  constexpr int patients = 500;
  clinic.add(clinic.keys(), patients);
  for (int round = 0; round < 12; ++round) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      ::close(ends[0]);
      auto database = storage::Database::open(clinic.scratch.settings, now_ms);
      if (!database) ::_exit(1);
      for (;;) {
        auto rotation =
            KeyRotation::begin(**database, PatientKeys(*storage::load_keys(clinic.folder.path)),
                               now_ms);
        if (!rotation) ::_exit(2);
        for (auto more = rotation->step();; more = rotation->step()) {
          if (!more || ::write(ends[1], "s", 1) != 1) ::_exit(3);
          if (!*more) break;
        }
      }
    }
    ::close(ends[1]);
    char step = 0;
    for (int i = 0; i < 3 + 2 * round && ::read(ends[0], &step, 1) == 1; ++i) {
    }
    REQUIRE(::kill(child, SIGKILL) == 0);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    ::close(ends[0]);
    REQUIRE(WIFSIGNALED(status));
    INFO("round " << round);
    clinic.check(clinic.keys(), patients);
  }
  clinic.rotate();
  clinic.check(clinic.keys(), patients);
  CHECK(clinic.key_count() == 1);
}

TEST_CASE("the database keeps a clinic key that a patient's row names, and takes no unknown one") {
  Clinic clinic(any_engine());
  clinic.add(clinic.keys(), 1);
  CHECK(code_of(run(*clinic.database, "delete from clinic_key")) == ErrorCode::conflict);
  CHECK(code_of(run(*clinic.database, "update patient_key set clinic_key_id = 'x'")) ==
        ErrorCode::conflict);
  CHECK(code_of(run(*clinic.database,
                    "insert into patient_key (patient_id, wrapped_key, clinic_key_id, created_ms) "
                    "values ('q', 'w', 'x', 1)")) == ErrorCode::conflict);
}

TEST_CASE("one rotation at a time, and only of keys that are in a folder") {
  Clinic clinic(Dialect::sqlite);
  auto first = KeyRotation::begin(*clinic.database, clinic.keys(), now_ms);
  REQUIRE(first.has_value());
  auto second = KeyRotation::begin(*clinic.database, clinic.keys(), now_ms);
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().code == ErrorCode::conflict);
  auto nowhere = KeyRotation::begin(*clinic.database, PatientKeys(test_keys()), now_ms);
  REQUIRE_FALSE(nowhere.has_value());
  CHECK(nowhere.error().code == ErrorCode::unsupported);
}

TEST_CASE("what a program that died left of a new key's file is made anew") {
  Clinic clinic(Dialect::sqlite);
  std::ofstream(clinic.folder.path / "clinic-next.key.part") << "half";
  clinic.add(clinic.keys(), 3);
  clinic.rotate();
  clinic.check(clinic.keys(), 3);
  CHECK_FALSE(std::filesystem::exists(clinic.folder.path / "clinic-next.key.part"));
}
