// SPDX-License-Identifier: MPL-2.0
// Whatever is done to the audit trail behind Facet's back is found, and named.
#include <fstream>
#include <random>
#include <sstream>

#include "storage/audit_keeper.h"
#include "storage/audit_trail.h"
#include "store/engines.h"

using namespace facet;
using namespace facet::testing;
using storage::Act;
using storage::Acts;
using storage::AuditKeeper;
using storage::ChainReport;
using storage::HeadSet;
using storage::Transaction;

namespace {

const base::Principal physio{"u-physio", {"physiotherapist", "admin"}, "10.0.0.7", "TREAT"};
constexpr int events = 9;

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void put_text(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

/// A clinic with nine events in one chain, and its keeper of heads.
struct Clinic {
  explicit Clinic(Dialect dialect) : scratch(dialect), database(scratch.open()) {
    for (int i = 1; i <= events; ++i) act("o" + std::to_string(i));
    chain = text("select chain from audit_event where number = 9");
  }

  void act(const std::string& id) {
    REQUIRE(ok(acts.write(physio, [&](Act& one) -> base::Status {
      one.touch('C', "Observation", id, {"p1", "p2"});
      return {};
    })));
  }
  std::string text(std::string_view sql) {
    auto found = database->read([&](Transaction& tx) -> base::Result<std::string> {
      return std::get<0>(*tx.query_one<std::string>(sql));
    });
    REQUIRE(found.has_value());
    return *found;
  }
  std::unique_ptr<AuditKeeper> keeper() {
    return std::make_unique<AuditKeeper>(*database, acts.audit(), test_keys(), clock,
                                         scratch.folder());
  }
  void write_heads() { REQUIRE(ok(keeper()->write_heads())); }
  ChainReport verify(const std::string& more = {}) {
    const auto made = keeper();
    auto book = made->hold_heads();
    REQUIRE(book.has_value());
    auto report = database->read([&](Transaction& tx) -> base::Result<ChainReport> {
      return made->verify(tx, *book, more);
    });
    REQUIRE(report.has_value());
    for (const auto& one : report->problems) UNSCOPED_INFO(one.kind << ": " << one.text);
    return *report;
  }
  /// Every statement with `CHAIN` replaced by the chain's name.
  void tamper(std::string sql) const {
    for (auto at = sql.find("CHAIN"); at != sql.npos; at = sql.find("CHAIN"))
      sql.replace(at, 5, "'" + chain + "'");
    scratch.tamper("audit_event", sql);
  }
  std::string trail() {
    std::string text;
    REQUIRE(ok(keeper()->write_trail([&](std::string_view piece) {
      text += piece;
      return true;
    })));
    return text;
  }
  std::filesystem::path heads() const { return scratch.folder() / "audit" / "heads.ndjson"; }

  Scratch scratch;
  base::FakeClock clock{now_ms};
  std::unique_ptr<storage::Database> database;
  Acts acts{*database, test_keys(), clock};
  std::string chain;
};

ChainReport verify_text(const std::string& trail, const std::string& heads = {}) {
  std::istringstream in(trail);
  HeadSet more;
  std::istringstream others(heads);
  more.read_books(others, storage::head_key(test_keys().audit));
  auto report = storage::verify_trail(in, test_keys().audit, std::move(more));
  for (const auto& one : report.problems) UNSCOPED_INFO(one.kind << ": " << one.text);
  return report;
}

struct Tampering {
  std::string sql;
  const char* kind;
  std::int64_t number;
};

const std::string copied =
    "id, recorded_ms, principal, roles, remote, purpose, action, resource_type, resource_id, "
    "patient_ids, outcome, reason, mac from audit_event where number = ";

}  // namespace

TEST_CASE("the trail names a changed, removed, inserted or reordered event") {
  const auto dialect = any_engine();
  const std::string inserted =
      "update audit_event set number = number + 100 where number >= 4; update audit_event set "
      "number = number - 99 where number > 100; insert into audit_event select chain, 4, " +
      copied + "7";
  const std::string repeated = "insert into audit_event select chain, 10, " + copied + "8";
  const auto done = GENERATE_COPY(
      Tampering{"update audit_event set id = 'x' where number = 4", "changed", 4},
      Tampering{"update audit_event set recorded_ms = recorded_ms + 1 where number = 4", "changed",
                4},
      Tampering{"update audit_event set principal = 'other' where number = 4", "changed", 4},
      Tampering{"update audit_event set roles = 'admin' where number = 4", "changed", 4},
      Tampering{"update audit_event set remote = '' where number = 4", "changed", 4},
      Tampering{"update audit_event set purpose = 'RESEARCH' where number = 4", "changed", 4},
      Tampering{"update audit_event set action = 'R' where number = 4", "changed", 4},
      Tampering{"update audit_event set resource_type = 'Patient' where number = 4", "changed", 4},
      Tampering{"update audit_event set resource_id = 'o5' where number = 4", "changed", 4},
      Tampering{"update audit_event set patient_ids = 'p1' where number = 4", "changed", 4},
      Tampering{"update audit_event set outcome = '4' where number = 4", "changed", 4},
      Tampering{"update audit_event set reason = 'x' where number = 4", "changed", 4},
      Tampering{"update audit_event set mac = 'x' where number = 4", "changed", 4},
      Tampering{"update audit_event set principal = 'other' where number = 1", "changed", 1},
      Tampering{"update audit_event set principal = 'other' where number = 9", "changed", 9},
      Tampering{"update audit_event set roles = 'physiotherapist', remote = 'admin,10.0.0.7' "
                "where number = 4",
                "changed", 4},
      Tampering{"update audit_event set chain = 'other' where number = 4", "removed", 4},
      Tampering{"update audit_event set number = 40 where number = 4", "reordered", 4},
      Tampering{"delete from audit_event where number = 4", "removed", 4},
      Tampering{"delete from audit_event where number < 3", "removed", 1},
      Tampering{"delete from audit_event where number = 4; update audit_event set number = number "
                "+ 100 where number > 4; update audit_event set number = number - 101 where number "
                "> 100",
                "removed", 4},
      Tampering{inserted, "inserted", 4}, Tampering{repeated, "inserted", 10},
      Tampering{"update audit_event set number = 99 where number = 4; update audit_event set "
                "number = 4 where number = 5; update audit_event set number = 5 where number = 99",
                "reordered", 4});
  INFO(done.sql);
  Clinic clinic(dialect);
  CHECK(clinic.verify().valid);
  clinic.tamper(done.sql);
  const auto report = clinic.verify();
  CHECK_FALSE(report.valid);
  const auto found =
      std::find_if(report.problems.begin(), report.problems.end(),
                   [&](const storage::AuditProblem& one) { return one.chain == clinic.chain; });
  REQUIRE(found != report.problems.end());
  CHECK(found->kind == done.kind);
  CHECK(found->number == done.number);
  CHECK(found->text.find(clinic.chain) != std::string::npos);
}

TEST_CASE("signed heads outside the database show a cut tail and a missing chain") {
  Clinic clinic(any_engine());
  clinic.write_heads();
  const auto whole = clinic.verify();
  CHECK(whole.valid);
  CHECK(whole.heads == 1);
  CHECK(whole.events == events + 1);  // and the note that heads were written
  SECTION("a cut tail") {
    clinic.tamper("delete from audit_event where number > 6");
    const auto report = clinic.verify();
    REQUIRE_FALSE(report.valid);
    CHECK(report.problems.front().kind == "cut");
    CHECK(report.problems.front().number == 7);
    CHECK(report.problem.find("was cut after event 6") != std::string::npos);
  }
  SECTION("a cut tail that has grown again") {
    clinic.tamper("delete from audit_event where number > 6");
    for (int i = 0; i < 6; ++i) clinic.act("again");
    const auto report = clinic.verify();
    REQUIRE_FALSE(report.valid);
    CHECK(report.problems.front().kind == "changed");
    CHECK(report.problem.find("written again") != std::string::npos);
  }
  SECTION("a missing chain") {
    clinic.tamper("delete from audit_event");
    const auto report = clinic.verify();
    REQUIRE_FALSE(report.valid);
    CHECK(report.problems.front().kind == "missing");
    CHECK(report.problems.front().chain == clinic.chain);
  }
}

TEST_CASE("heads that were removed, shortened or changed are missed by the trail") {
  Clinic clinic(any_engine());
  clinic.write_heads();
  const auto copy = text_of(clinic.heads());
  for (int i = 0; i < 3; ++i) {
    clinic.act("more");
    clinic.write_heads();
  }
  CHECK(clinic.verify().valid);
  auto lines = lines_of(text_of(clinic.heads()));
  REQUIRE(lines.size() == 4);
  std::string kind = "heads";
  SECTION("no file") {
    std::filesystem::remove(clinic.heads());
  }
  SECTION("no file, and a new one begun") {
    std::filesystem::remove(clinic.heads());
    clinic.act("after");
    clinic.write_heads();
  }
  SECTION("an empty file") {
    put_text(clinic.heads(), "");
  }
  SECTION("the last entry is gone") {
    lines.pop_back();
    put_text(clinic.heads(), joined(lines));
  }
  SECTION("an entry in the middle is gone") {
    lines.erase(lines.begin() + 1);
    put_text(clinic.heads(), joined(lines));
  }
  SECTION("an entry was changed") {
    const auto place = GENERATE(0U, 1U, 3U);
    auto& line = lines[place];
    line[line.find("\"number\":") + 9] = '7';
    put_text(clinic.heads(), joined(lines));
    kind = "";
  }
  SECTION("the last entry is no entry, and the clinic goes on") {
    put_text(clinic.heads(), joined(lines) + "rubbish\n");
    clinic.act("after");
    clinic.write_heads();
    CHECK(lines_of(text_of(clinic.heads())).size() == 1);
  }
  SECTION("an entry was written with another key") {
    auto entry = storage::read_entry(lines[3]);
    REQUIRE(entry.has_value());
    lines[3] = storage::write_entry(*entry, storage::head_key(std::string(32, 'z')));
    put_text(clinic.heads(), joined(lines));
  }
  SECTION("the database and its heads were both set back; a copy kept elsewhere shows it") {
    const auto outside = text_of(clinic.heads());
    clinic.tamper("delete from audit_event where number > 10");
    put_text(clinic.heads(), copy);
    CHECK(clinic.verify().valid);
    const auto report = clinic.verify(outside);
    REQUIRE_FALSE(report.valid);
    CHECK(report.problems.front().kind == "cut");
    return;
  }
  const auto report = clinic.verify();
  CHECK_FALSE(report.valid);
  if (!kind.empty()) CHECK(report.problems.front().kind == kind);
}

TEST_CASE("heads are written only when something happened, and a broken line is begun again") {
  Clinic clinic(any_engine());
  for (int i = 0; i < 3; ++i) clinic.write_heads();
  CHECK(lines_of(text_of(clinic.heads())).size() == 1);
  CHECK((std::filesystem::status(clinic.heads()).permissions() & std::filesystem::perms::all) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  put_text(clinic.heads(), text_of(clinic.heads()) + "{\"book\":\"torn");
  CHECK(clinic.verify().valid);
  clinic.act("more");
  {
    const auto keeper = clinic.keeper();
    REQUIRE(ok(keeper->start()));
    clinic.act("last");
  }  // writes the last heads
  CHECK(lines_of(text_of(clinic.heads())).size() == 3);
  const auto report = clinic.verify();
  CHECK(report.valid);
  CHECK(report.heads == 3);
}

TEST_CASE("an exported trail is verified with the key alone") {
  Clinic clinic(any_engine());
  clinic.write_heads();
  clinic.act("quote \" back \\ new\nline \xE2\x82\xAC");
  const auto trail = clinic.trail();
  const auto whole = verify_text(trail);
  CHECK(whole.valid);
  CHECK(whole.events == clinic.verify().events);
  CHECK(whole.heads == 3);  // two of the book, one of the first line

  auto lines = lines_of(trail);
  const auto first_event =
      static_cast<std::ptrdiff_t>(lines.size() - static_cast<std::size_t>(whole.events));
  const auto named = [&](const char* kind, std::int64_t number) {
    const auto report = verify_text(joined(lines));
    REQUIRE_FALSE(report.valid);
    CHECK(report.problems.front().kind == kind);
    CHECK(report.problems.front().chain == clinic.chain);
    CHECK(report.problems.front().number == number);
  };
  SECTION("a changed event") {
    auto& line = lines[static_cast<std::size_t>(first_event) + 4];
    line.replace(line.find("u-physio"), 8, "u-nobody");
    named("changed", 5);
  }
  SECTION("a removed event") {
    lines.erase(lines.begin() + first_event + 4);
    named("removed", 5);
  }
  SECTION("events in another order") {
    std::swap(lines[static_cast<std::size_t>(first_event) + 4],
              lines[static_cast<std::size_t>(first_event) + 5]);
    named("reordered", 5);
  }
  SECTION("a repeated event") {
    lines.insert(lines.begin() + first_event + 4, lines[static_cast<std::size_t>(first_event)]);
    named("inserted", 1);
  }
  SECTION("a cut end") {
    lines.pop_back();
    named("cut", whole.events);
  }
  SECTION("no events") {
    lines.erase(lines.begin() + first_event, lines.end());
    named("missing", whole.events);
  }
  SECTION("another key") {
    std::istringstream in(trail);
    CHECK_FALSE(storage::verify_trail(in, std::string(32, 'z')).valid);
  }
  SECTION("no heads") {
    lines.erase(lines.begin() + 1, lines.begin() + first_event);
    CHECK_FALSE(verify_text(joined(lines)).valid);
  }
  SECTION("something else") {
    CHECK_FALSE(verify_text("").valid);
    CHECK_FALSE(verify_text("{}\n").valid);
    CHECK_FALSE(verify_text("[1]\n" + trail).valid);
  }
  SECTION("an old trail against newer heads") {
    clinic.act("newer");
    clinic.write_heads();
    const auto report = verify_text(trail, text_of(clinic.heads()));
    REQUIRE_FALSE(report.valid);
    CHECK(report.problems.front().kind == "cut");
  }
}

TEST_CASE("no random change to an exported trail goes unfound") {
  Clinic clinic(Dialect::sqlite);
  clinic.write_heads();
  clinic.act("more");
  const auto trail = clinic.trail();
  REQUIRE(verify_text(trail).valid);
  std::mt19937 random(20261122);
  const auto below = [&](std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
  };
  for (int round = 0; round < 1500; ++round) {
    auto changed = trail;
    auto lines = lines_of(trail);
    switch (below(6)) {
      case 0:
        changed[below(changed.size())] = static_cast<char>(below(256));
        break;
      case 1:
        changed.erase(below(changed.size()), 1 + below(3));
        break;
      case 2:
        changed.insert(below(changed.size()), 1, static_cast<char>(32 + below(95)));
        break;
      case 3:
        changed.resize(below(changed.size()));
        break;
      case 4:
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(below(lines.size())));
        changed = joined(lines);
        break;
      default:
        std::swap(lines[below(lines.size())], lines[below(lines.size())]);
        changed = joined(lines);
    }
    // White space between JSON's marks says nothing, in one place or another.
    if (changed == trail) continue;
    const auto report = verify_text(changed);
    if (!report.valid) continue;
    std::size_t at = 0;
    while (changed[at] == trail[at]) ++at;
    INFO("round " << round << " at " << at << ": " << changed.substr(at > 40 ? at - 40 : 0, 80));
    CHECK((changed.size() == trail.size() + 1 && changed[at] == ' '));
  }
}

TEST_CASE("no random change to the rows of the trail goes unfound") {
  Clinic clinic(any_engine());
  clinic.write_heads();
  const auto last = 10;
  clinic.scratch.raw("create table kept as select * from audit_event");
  std::mt19937 random(20261122);
  const auto below = [&](int end) {
    return std::uniform_int_distribution<int>(0, end - 1)(random);
  };
  for (int round = 0; round < 60; ++round) {
    const auto here = std::to_string(1 + below(last));
    const auto there = std::to_string(1 + below(last));
    const auto column = std::string(storage::audit_columns[static_cast<std::size_t>(below(15))]);
    const bool is_number = column == "number" || column == "recorded_ms";
    std::string sql;
    switch (below(5)) {
      case 0:
        sql = "update audit_event set " + column + " = " + column +
              (is_number ? " + 50" : " || 'x'") + " where number = " + here;
        break;
      case 1:
        sql = "delete from audit_event where number = " + here;
        break;
      case 2:
        sql = "delete from audit_event where number >= " + here;
        break;
      case 3:
        if (here == there) continue;
        sql = "update audit_event set number = 99 where number = " + here +
              "; update audit_event set number = " + here + " where number = " + there +
              "; update audit_event set number = " + there + " where number = 99";
        break;
      default:
        sql = "insert into audit_event select chain, " + std::to_string(last + 1 + below(3)) +
              ", " + copied + here;
    }
    // The note of the heads itself is younger than they are.
    if (sql == "delete from audit_event where number = 10" ||
        sql == "delete from audit_event where number >= 10")
      continue;
    INFO("round " << round << ": " << sql);
    clinic.tamper(sql);
    CHECK_FALSE(clinic.verify().valid);
    clinic.tamper("delete from audit_event; insert into audit_event select * from kept");
    REQUIRE(clinic.verify().valid);
  }
}
