// SPDX-License-Identifier: MPL-2.0
// Whatever is asked in whatever order: no half-written visit, no signed version changed, no
// amendment without its reason, no access unaudited.
#include <random>
#include <set>

#include "door/visits.h"

using namespace facet;
using namespace facet::testing;

namespace {

struct Table {
  const char* type;
  const char* name;
  const char* columns;
};
const std::vector<Table> tables{
    {"Encounter", "encounter", "patient_id, id, practitioner_id, status, start_ms, end_ms"},
    {"Observation", "observation",
     "patient_id, encounter_id, status, code, side, value, effective_ms, text_sealed, note_sealed"},
    {"Condition", "condition",
     "patient_id, encounter_id, clinical_status, verification_status, code, note_sealed"},
    {"Provenance", "provenance", "patient_id, target_id, target_version, activity, reason_sealed"}};

struct Row {
  std::string content;
  std::string visit;  // of a record
};
/// Every version of everything, by "type/id/version".
using Rows = std::map<std::string, Row>;

std::string text_of(const std::string& columns) {
  std::string sql;
  std::size_t from = 0;
  while (from <= columns.size()) {
    const auto comma = std::min(columns.find(", ", from), columns.size());
    sql += (sql.empty() ? "" : " || '|' || ") +
           ("coalesce(cast(" + columns.substr(from, comma - from)) + " as text), '-')";
    from = comma + 2;
  }
  return sql;
}

Rows read_rows(storage::Database& database) {
  auto rows = database.read([](storage::Transaction& tx) -> base::Result<Rows> {
    Rows found;
    for (const auto& table : tables) {
      const bool belongs = std::string(table.columns).find("encounter_id") != std::string::npos;
      for (auto& [id, version, content, visit] :
           tx.query<std::string, std::int64_t, std::string, std::string>(
               std::string("select id, version, ") +
               text_of("recorded_ms, author_id, " + std::string(table.columns)) + ", " +
               (belongs ? "coalesce(encounter_id, '')" : "''") + " from " + table.name))
        found[std::string(table.type) + "/" + id + "/" + std::to_string(version)] = {content,
                                                                                     visit};
    }
    return found;
  });
  REQUIRE(rows.has_value());
  return *rows;
}

/// Asks at random. What it sends is often wrong.
class Clinic {
 public:
  Clinic(Door& door, unsigned seed) : door_(door), random_(seed), start_(minutes_from_now(-30)) {}

  Answer step() {
    switch (pick(8)) {
      case 0:
        return write(record(false));
      case 1:
        return write(record(true));
      case 2:
        return write(visit("finished"));
      case 3:
        return write(visit(one_of({"in-progress", "entered-in-error", "cancelled", "planned"})));
      case 4:
      case 5:
        return bundle();
      case 6:
        return draft();
      default:
        return door_.get(
            who(), "/fhir/" + one_of({"Observation", "Condition", "Encounter"}) + "?patient=ann");
    }
  }

 private:
  int pick(int most) { return static_cast<int>(random_() % static_cast<unsigned>(most)); }
  std::string one_of(std::vector<std::string> from) {
    return from[static_cast<std::size_t>(pick(static_cast<int>(from.size())))];
  }
  Who who() { return pick(8) == 0 ? reception : physio; }
  std::string visit_id() { return "v" + std::to_string(pick(3)); }

  std::string known_or_new(const std::string& prefix) {
    return prefix + std::to_string(pick(2) == 0 ? pick(3) : 3 + pick(100));
  }

  Json visit(const std::string& status) {
    auto json = encounter(visit_id(), "ann");
    json["status"] = status;
    json["period"]["start"] = start_;
    if (pick(4) == 0) json.erase("participant");
    return json;
  }

  Json record(bool problem) {
    Json json;
    if (problem) {
      json = condition(known_or_new("c"), "ann");
      json["bodySite"] = code_of("urn:facet:side", one_of({"left", "right"}));
      json["clinicalStatus"] = code_of("http://terminology.hl7.org/CodeSystem/condition-clinical",
                                       one_of({"active", "inactive", "gone"}));
    } else {
      json = symptom(known_or_new("o"), "ann", pick(12));
      json["status"] = one_of({"final", "amended", "corrected", "entered-in-error"});
      json["effectiveDateTime"] = start_;
    }
    json["note"] = Json::array({{{"text", "Note " + std::to_string(pick(3))}}});
    if (pick(8) == 0) return pick(2) == 0 ? json : in_visit(json, visit_id());
    // Mostly where it was before, so that not every amendment fails at that.
    const auto number = std::stoi(json["id"].get<std::string>().substr(1));
    return in_visit(json, "v" + std::to_string(number % 3));
  }

  std::string version_of(const Json& json) {
    const auto table = json["resourceType"] == "Encounter"     ? "encounter"
                       : json["resourceType"] == "Observation" ? "observation"
                                                               : "condition";
    const auto newest = door_.count(std::string("select coalesce(max(version), 0) from ") + table +
                                    " where id = '" + json["id"].get<std::string>() + "'");
    return "W/\"" + std::to_string(newest + (pick(10) == 0 ? 1 : 0)) + "\"";
  }

  Answer write(const Json& json) {
    const auto if_match = pick(4) == 0 ? "" : version_of(json);
    const bool new_one = if_match == "W/\"0\"";
    if (pick(2) == 0) return send_because(door_, who(), json, new_one ? "" : if_match, "Because");
    return door_.put(who(), json, new_one ? "" : if_match);
  }

  Json entries() {
    Json list = Json::array({put_entry(visit(one_of({"in-progress", "finished"})))});
    for (int i = pick(4); i >= 0; --i) {
      auto json = record(pick(3) == 0);
      json["encounter"] = to("Encounter/" + list[0]["resource"]["id"].get<std::string>());
      list.push_back(put_entry(json));
    }
    for (auto& entry : list)
      if (const auto if_match = version_of(entry["resource"]); if_match != "W/\"0\"")
        entry["request"]["ifMatch"] = if_match;
    if (pick(3) == 0)
      list.push_back({{"resource", reason_resource("Because")},
                      {"request", {{"method", "POST"}, {"url", "Provenance"}}}});
    if (pick(3) == 0)
      list[static_cast<std::size_t>(pick(static_cast<int>(list.size())))]["resource"]["broken"] = 1;
    return list;
  }

  Answer bundle() { return door_.post(who(), "/fhir", bundle_of(entries())); }

  Answer draft() {
    const auto list = entries();
    const auto url = "/fhir/Encounter/" + list[0]["resource"]["id"].get<std::string>();
    auto plain = list;
    for (auto& entry : plain) entry["request"].erase("ifMatch");
    const auto saved =
        door_.send(physio, "PUT", url + "/$draft", bundle_of(pick(2) ? list : plain).dump());
    return pick(2) ? saved : door_.send(physio, "POST", url + "/$sign");
  }

  Door& door_;
  std::mt19937 random_;
  const std::string start_;
};

/// The visits that are closed: signed, or taken back.
std::set<std::string> closed_visits(Door& door) {
  std::set<std::string> closed;
  for (const char* id : {"v0", "v1", "v2"})
    if (door.count(
            "select count(*) from encounter e where id = '" + std::string(id) +
            "' and status in ('finished', 'entered-in-error') and version = (select max(version) "
            "from encounter n where n.id = e.id)") == 1)
      closed.insert(id);
  return closed;
}

/// Versions that joined a closed visit say why, except those that only tell how a problem goes on.
void check_reasons(Door& door, const Rows& before, const Rows& after,
                   const std::set<std::string>& closed) {
  for (const auto& [key, row] : after) {
    const bool is_visit = key.starts_with("Encounter/");
    if (before.contains(key) || key.starts_with("Provenance/")) continue;
    const auto first = key.find('/'), last = key.rfind('/');
    const auto id = key.substr(first + 1, last - first - 1);
    if (!closed.contains(is_visit ? id : row.visit)) continue;
    const auto told = door.count("select count(*) from provenance where target_id = '" + id +
                                 "' and target_version = " + key.substr(last + 1) +
                                 " and reason_sealed is not null and author_id = 'physio'");
    INFO(key << " " << row.content);
    CHECK((told == 1 || key.starts_with("Condition/")));
  }
}

}  // namespace

TEST_CASE(
    "no sequence of requests halves a visit, changes a version, or goes without reason or audit") {
  Door door(any_engine());
  const unsigned seed = GENERATE(1u, 2u, 3u);
  const auto database = door.scratch.open();
  door.must(physio, patient("ann"));
  Clinic clinic(door, seed);
  int accepted = 0, refused = 0;
  for (int i = 0; i < 250; ++i) {
    const auto before = read_rows(*database);
    const auto closed = closed_visits(door);
    const auto events = door.count("select count(*) from audit_event where outcome = '0'");
    const auto refusals = door.count("select count(*) from audit_event where outcome <> '0'");
    const auto answer = clinic.step();
    INFO("seed " << seed << ", step " << i << ": " << answer.status << " "
                 << answer.body.substr(0, 300));
    const auto after = read_rows(*database);
    REQUIRE(answer.status < 500);
    for (const auto& [key, row] : before) {
      REQUIRE(after.contains(key));
      REQUIRE(after.at(key).content == row.content);
    }
    if (answer.status >= 400) {
      ++refused;
      CHECK(after.size() == before.size());
      CHECK(door.count("select count(*) from audit_event where outcome <> '0'") > refusals);
    } else {
      ++accepted;
      CHECK(door.count("select count(*) from audit_event where outcome = '0'") > events);
    }
    check_reasons(door, before, after, closed);
  }
  CHECK(accepted > 20);
  CHECK(refused > 20);
  for (const char* activity : {"sign", "amend", "addendum", "enter-in-error"}) {
    INFO(activity);
    CHECK(door.count("select count(*) from provenance where activity = '" + std::string(activity) +
                     "'") > 0);
  }
  CHECK(door.get(admin, "/admin/audit/verify").json()["valid"] == true);
}
