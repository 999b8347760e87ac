// SPDX-License-Identifier: MPL-2.0
#include <thread>

#include "storage/outbox.h"
#include "store/engines.h"

using namespace facet;
using namespace facet::testing;
using base::ErrorCode;
using storage::Act;
using storage::Acts;
using storage::Transaction;

namespace {

const base::Principal physio{"u-physio", {"physiotherapist", "admin"}, "10.0.0.7", "TREAT"};

struct Clinic {
  explicit Clinic(const Scratch& scratch)
      : database(scratch.open()), acts(*database, test_keys(), clock) {}
  base::FakeClock clock{now_ms};
  std::unique_ptr<storage::Database> database;
  Acts acts;

  base::Status act(const std::string& id) {
    return acts.write(physio, [&](Act& a) -> base::Status {
      a.touch('C', "Observation", id, {"p1", "p2"});
      return {};
    });
  }
  storage::ChainReport verify() {
    auto report = database->read([&](Transaction& tx) -> base::Result<storage::ChainReport> {
      return acts.audit().verify(tx);
    });
    REQUIRE(report.has_value());
    UNSCOPED_INFO(report->problem);
    return *report;
  }
  std::vector<std::tuple<std::string, std::string, std::string, std::string>> events() {
    auto rows = database->read(
        [](Transaction& tx)
            -> base::Result<
                std::vector<std::tuple<std::string, std::string, std::string, std::string>>> {
          return tx.query<std::string, std::string, std::string, std::string>(
              "select action, resource_type || '/' || resource_id, patient_ids, outcome from "
              "audit_event "
              "order by chain, number");
        });
    REQUIRE(rows.has_value());
    return *rows;
  }
};

}  // namespace

TEST_CASE("an act is audited in its own transaction, once per patient findable") {
  const Scratch scratch(any_engine());
  Clinic clinic(scratch);
  REQUIRE(ok(clinic.act("o1")));
  using Event = std::tuple<std::string, std::string, std::string, std::string>;
  CHECK(clinic.events() == std::vector<Event>{{"C", "Observation/o1", "p1,p2", "0"}});
  CHECK(count(*clinic.database, "select count(*) from audit_patient where patient_id = 'p2'") == 1);
}

TEST_CASE("a refused, broken or throwing act leaves no change and one event that says so") {
  const Scratch scratch(any_engine());
  Clinic clinic(scratch);
  const std::string how = GENERATE("refused", "breaks", "throws");
  const auto done = clinic.acts.write(physio, [&](Act& act) -> base::Status {
    act.touch('U', "Patient", "p1", {"p1"});
    act.tx.execute("insert into encounter_draft values ('e', 'u', 'p1', 'x', 1)");
    if (how == "throws") throw std::runtime_error("no");
    if (how == "breaks")
      act.tx.execute("insert into encounter_draft values ('e', 'u', 'p1', 'x', 1)");
    return base::fail(ErrorCode::denied, "Patient", "Jane Roe is not yours.");
  });
  REQUIRE_FALSE(done.has_value());
  CHECK(count(*clinic.database, "select count(*) from encounter_draft") == 0);
  using Event = std::tuple<std::string, std::string, std::string, std::string>;
  CHECK(clinic.events() ==
        std::vector<Event>{{"U", "Patient/p1", "p1", how == "throws" ? "8" : "4"}});
  CHECK(count(*clinic.database, "select count(*) from audit_event where reason like '%Jane%'") ==
        0);
}

TEST_CASE("a read answers after its event, a list is one event with all its patients") {
  const Scratch scratch(any_engine());
  Clinic clinic(scratch);
  const auto read = clinic.acts.read(physio, [](Act& act) -> base::Result<int> {
    for (const auto* patient : {"p1", "p2", "p1", "p3"}) act.touch_list("Appointment", patient);
    return 4;
  });
  REQUIRE(read.has_value());
  using Event = std::tuple<std::string, std::string, std::string, std::string>;
  CHECK(clinic.events() == std::vector<Event>{{"R", "Appointment/", "p1,p2,p3", "0"}});
}

TEST_CASE("an untouched audit trail verifies, also after a restart and from many threads") {
  const Scratch scratch(any_engine());
  for (int start = 0; start < 2; ++start) {
    Clinic clinic(scratch);
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
      threads.emplace_back([&] {
        for (int i = 0; i < 10; ++i) (void)clinic.act("o");
      });
    for (auto& thread : threads) thread.join();
  }
  Clinic clinic(scratch);
  const auto report = clinic.verify();
  CHECK(report.valid);
  CHECK(report.events == 160);
  if (scratch.settings.dialect == Dialect::sqlite) CHECK(report.chains == 1);
}

TEST_CASE("another key does not verify the audit trail") {
  const Scratch scratch(any_engine());
  Clinic clinic(scratch);
  REQUIRE(ok(clinic.act("o1")));
  auto keys = test_keys();
  keys.audit = std::string(32, 'z');
  const auto report =
      clinic.database->read([&](Transaction& tx) -> base::Result<storage::ChainReport> {
        return storage::AuditChain(keys).verify(tx);
      });
  REQUIRE(report.has_value());
  CHECK_FALSE(report->valid);
}

TEST_CASE("news is consumed in order, once") {
  const Scratch scratch(any_engine());
  const auto database = scratch.open();
  const auto write = [&](auto work) {
    REQUIRE(ok(database->write([&](Transaction& tx) -> base::Status {
      work(tx);
      return {};
    })));
  };
  write([](Transaction& tx) {
    for (const auto* id : {"a", "b", "c"}) storage::post(tx, "appointment", id, now_ms);
    storage::post(tx, "order", "x", now_ms);
  });
  write([](Transaction& tx) {
    const auto news = storage::pending(tx, "appointment", 2);
    CHECK(news.size() == 2);
    CHECK(news.at(0).id == "a");
    CHECK(news.at(1).id == "b");
    CHECK(storage::consume(tx, news.at(0), now_ms));
    CHECK_FALSE(storage::consume(tx, news.at(0), now_ms));
  });
  write([](Transaction& tx) {
    const auto news = storage::pending(tx, "appointment", 10);
    CHECK(news.size() == 2);
    CHECK(news.at(0).id == "b");
    CHECK(storage::pending(tx, "order", 10).size() == 1);
  });
}
