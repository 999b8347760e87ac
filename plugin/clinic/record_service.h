// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <algorithm>
#include <set>

#include "clinic/roles.h"
#include "clinic/visit_rules.h"
#include "rest/fhir_type.h"

namespace facet::clinic {

/// Throws StorageError. True if the patient is known and was not erased.
bool patient_exists(storage::Act& act, const std::string& patient_id);

/// What differs between one type of record and another.
template <class Record>
struct RecordRules {
  std::string type;  // FHIR
  Permission read;
  Permission write;
  /// Refuses a record that breaks a rule, or completes it, before it is written; may be empty.
  std::function<base::Status(storage::Act&, Record&)> check = {};
  /// Goes with every new version, in the same transaction; `before` is what it was made from, null
  /// if it is the first. May be empty.
  std::function<base::Status(storage::Act&, const Record* before, const Record& now)> follow = {};
  /// For records of visits: true if a new version amends what the visit says, false if it only tells
  /// what became of it since. Refuses what may not be said of a signed visit. Empty: true.
  std::function<base::Result<bool>(const Record& before, const Record& now)> amends = {};
};

/// True if a record says of itself that it should not be there.
template <class Record>
bool entered_in_error(const Record& record) {
  if constexpr (requires { record.verification_status; })
    return record.verification_status == "entered-in-error";
  else
    return record.status == "entered-in-error";
}

/// One page of records.
template <class Record>
struct Listed {
  std::vector<Record> records;
  std::optional<rest::Cursor> next;  // nothing if this is the last page
};

/// How one type of record is searched: by these parameters (and _id, _lastUpdated), newest first by
/// `sort`, or in the order of ids if there is none. Records of patients are searched by patient, or
/// by another reference.
template <class Record>
struct SearchBy {
  std::vector<rest::SearchParameter> parameters;
  const char* sort_column = nullptr;  // of `sort`
  std::int64_t Record::*sort = nullptr;
};

/// The parameter `patient` of records with a patient_id; it finds merged patients' records as well.
rest::SearchParameter by_patient(std::string element = "subject");

/// Reading and writing one type of record: authorise, check, store, audit. Services that can do more
/// with a record hold one of these. Threads: safe.
template <class Record>
class RecordService {
 public:
  RecordService(std::unique_ptr<storage::Records<Record>> records, RecordRules<Record> rules)
      : records_(std::move(records)), rules_(std::move(rules)) {}

  /// Errors: denied; invalid, unknown patient; conflict, see Records::put; those of the rules.
  base::Result<storage::Stored<Record>> save(storage::Act& act, Record record,
                                             std::optional<std::int64_t> if_match = {}) const {
    // A Patient is its own patient; the mappings of all other types require theirs.
    if constexpr (requires { record.patient_id; })
      if (record.patient_id.empty()) record.patient_id = record.id;
    const auto action = if_match ? 'U' : 'C';
    if (auto ok = authorise(act, rules_.write, action, rules_.type, record.id, patients(record)); !ok)
      return base::pass(ok);
    if constexpr (requires { record.patient_id; })
      if (record.patient_id != record.id && !patient_exists(act, record.patient_id))
        return base::invalid(rules_.type + ".subject", "There is no patient with this id.");
    auto visit = visit_of(act, record);
    if (!visit) return base::pass(visit);
    const auto before = if_match ? records_->current(act, record.id) : std::optional<Record>{};
    if (before)
      if (auto ok = stays(*before, record); !ok) return base::pass(ok);
    if (rules_.check)
      if (auto ok = rules_.check(act, record); !ok) return base::pass(ok);
    auto stored = records_->put(act, std::move(record), if_match);
    if (!stored) return stored;
    const bool unchanged =
        !stored->created && (!before || before->version.number == stored->record.version.number);
    if (unchanged) return stored;  // a retry
    if (auto ok = written(act, *visit, before ? &*before : nullptr, stored->record); !ok)
      return base::pass(ok);
    return stored;
  }

  /// Errors: denied, not_found.
  base::Result<Record> find(storage::Act& act, const std::string& id,
                            std::optional<std::int64_t> version = {}) const {
    auto record = version ? records_->at(act, id, *version) : records_->current(act, id);
    const auto touched = record ? patients(*record) : std::vector<std::string>{};
    if (auto ok = authorise(act, rules_.read, 'R', rules_.type, id, touched); !ok)
      return base::pass(ok);
    if (!record)
      return base::fail(base::ErrorCode::not_found, rules_.type, "There is no " + rules_.type + " with this id.");
    return std::move(*record);
  }

  /// Every version, newest first. Errors: denied, not_found.
  base::Result<std::vector<Record>> history(storage::Act& act, const std::string& id) const {
    if (auto newest = find(act, id); !newest) return base::pass(newest);
    return records_->versions(act, id);
  }

  /// One page of a search. Errors: denied; invalid, see rest::conditions_of.
  base::Result<Listed<Record>> search(storage::Act& act, const SearchBy<Record>& by,
                                      const rest::SearchQuery& query) const {
    if (auto ok = may_list(act); !ok) return base::pass(ok);
    if (auto ok = bounded(by, query); !ok) return base::pass(ok);
    auto asked = rest::conditions_of(by.parameters, query);
    if (!asked) return base::pass(asked);
    if (query.after) go_on_after(*query.after, by, *asked);
    asked->values.push_back(std::int64_t{query.count} + 1);  // one more tells if there is a next page
    const std::string order =
        by.sort ? "order by " + std::string(by.sort_column) + " desc, id limit :most"
                : std::string("order by id limit :most");
    std::optional<std::int64_t> as_of_ms;
    if (query.after) as_of_ms = query.after->as_of_ms;
    Listed<Record> listed{
        records_->find(act, asked->sql, order, std::move(asked->values), as_of_ms), {}};
    if (listed.records.size() > static_cast<std::size_t>(query.count)) {
      listed.records.pop_back();
      const auto& last = listed.records.back();
      listed.next = rest::Cursor{as_of_ms.value_or(act.now_ms), by.sort ? last.*(by.sort) : 0, last.id};
    }
    touch_all(act, listed.records);
    return listed;
  }

  /// Current records by a condition, as Records::where. Errors: denied.
  template <class... In>
  base::Result<std::vector<Record>> list(storage::Act& act, std::string_view condition,
                                         std::string_view tail, const In&... in) const {
    if (auto ok = may_list(act); !ok) return base::pass(ok);
    auto records = records_->where(act, condition, tail, in...);
    touch_all(act, records);
    return records;
  }

  /// Refuses, and notes for the audit trail, a list by somebody whose role does not allow it.
  base::Status may_list(storage::Act& act) const {
    if (may(act.who, rules_.read)) return {};
    act.touch('R', rules_.type, "", {});
    return base::fail(base::ErrorCode::denied, rules_.type, "Your role does not allow this.");
  }

  /// Notes a list as read.
  void touch_all(storage::Act& act, const std::vector<Record>& records) const {
    for (const auto& record : records)
      for (const auto& patient : patients(record)) act.touch_list(rules_.type, patient);
    if (records.empty()) act.touch('R', rules_.type, "", {});
  }

  const storage::Records<Record>& records() const { return *records_; }
  const std::string& type() const { return rules_.type; }

 private:
  /// Nobody means to read everybody's records at once; exports do that.
  base::Status bounded(const SearchBy<Record>& by, const rest::SearchQuery& query) const {
    const bool of_patients = std::any_of(by.parameters.begin(), by.parameters.end(),
                                         [](const auto& one) { return one.name == "patient"; });
    if (!of_patients || query.first("_id")) return {};
    for (const auto& one : by.parameters)
      if (one.kind == rest::SearchKind::reference && query.first(one.name)) return {};
    return base::invalid("patient", rules_.type + " is searched by patient, like ?patient=id.");
  }

  static void go_on_after(const rest::Cursor& after, const SearchBy<Record>& by,
                          rest::Conditions& asked) {
    const std::string column = by.sort ? by.sort_column : "";
    if (by.sort) {
      asked.sql += " and (" + column + " < :before or (" + column + " = :same and id > :after))";
      asked.values.insert(asked.values.end(), {after.sort, after.sort});
    } else {
      asked.sql += " and id > :after";
    }
    asked.values.emplace_back(after.id);
  }

  /// Nothing if the record belongs to no visit. Errors: invalid, no visit of this patient.
  base::Result<std::optional<Visit>> visit_of(storage::Act& act, const Record& record) const {
    if constexpr (requires { record.encounter_id; })
      if (record.encounter_id) {
        auto visit = find_visit(act, *record.encounter_id);
        if (visit && visit->patient_id == record.patient_id) return visit;
        return base::invalid(rules_.type + ".encounter", "This patient has no visit with this id.");
      }
    return std::optional<Visit>{};
  }

  /// Of whom and when a record tells is no matter of versions.
  base::Status stays(const Record& before, const Record& now) const {
    if constexpr (requires { now.patient_id; })
      if (before.patient_id != now.patient_id)
        return base::invalid(rules_.type + ".subject", "A record stays with its patient.");
    if constexpr (requires { now.encounter_id; })
      if (before.encounter_id && before.encounter_id != now.encounter_id)
        return base::invalid(rules_.type + ".encounter", "A record stays with its visit.");
    return {};
  }

  /// What goes with a version that was written now.
  base::Status written(storage::Act& act, const std::optional<Visit>& visit, const Record* before,
                       const Record& now) const {
    if constexpr (requires { now.encounter_id; })
      if (visit) {
        auto change = change_of(*visit, before, now);
        if (!change) return base::pass(change);
        if (auto ok = keep_visit(act, *now.encounter_id, *visit,
                                 {rules_.type, now.id, now.version.number, now.patient_id, *change});
            !ok)
          return ok;
      }
    return rules_.follow ? rules_.follow(act, before, now) : base::Status{};
  }

  base::Result<Change> change_of(const Visit& visit, const Record* before, const Record& now) const {
    if (before == nullptr) return Change::creates;
    if (entered_in_error(now)) return Change::takes_back;
    if (!rules_.amends || !visit.is_signed()) return Change::amends;
    return rules_.amends(*before, now).map([](bool amends) {
      return amends ? Change::amends : Change::goes_on;
    });
  }

  static std::vector<std::string> patients(const Record& record) {
    if constexpr (requires { record.patient_id; }) return {record.patient_id};
    return {};
  }

  std::unique_ptr<storage::Records<Record>> records_;
  RecordRules<Record> rules_;
};

/// FhirType::page of any records, in the order of their ids; `to` writes one resource from
/// (Act&, const Record&). One event a page names all its patients. The records must outlive it.
template <class Record, class To>
auto pages(const storage::Records<Record>& records, std::string type, To to) {
  return [&records, type = std::move(type), to](storage::Act& act, const std::string& from,
                                                int most) -> base::Result<rest::Page> {
    std::vector<Record> found;
    if (may(act.who, Permission::export_records))
      found = records.where(act, "id > :after", "order by id limit :most", from, most);
    std::set<std::string> patients;
    if constexpr (requires(Record record) { record.patient_id; })
      for (const auto& record : found) patients.insert(record.patient_id);
    if (auto ok = authorise(act, Permission::export_records, 'E', type, "",
                            {patients.begin(), patients.end()});
        !ok)
      return base::pass(ok);
    rest::Page page;
    for (const auto& record : found) page.resources.push_back(to(act, record));
    if (found.size() == static_cast<std::size_t>(most)) page.next = found.back().id;
    return page;
  };
}

/// The usual FhirType of a RecordService: `from` reads a resource (its id is set after; null: not
/// written over FHIR), `to` writes one. The service must outlive the FhirType.
template <class Record>
rest::FhirType fhir_type(const RecordService<Record>& service,
                         base::Result<Record> (*from)(const base::Json&),
                         base::Json (*to)(const Record&), SearchBy<Record> by) {
  const auto all = [to](const std::vector<Record>& records) {
    std::vector<base::Json> resources;
    resources.reserve(records.size());
    for (const auto& record : records) resources.push_back(to(record));
    return resources;
  };
  rest::FhirType type;
  type.name = service.type();
  type.search_parameters = by.parameters;
  type.searches_columns = true;
  type.read = [&service, to](storage::Act& act, const std::string& id,
                             std::optional<std::int64_t> version) {
    return service.find(act, id, version).map(to);
  };
  type.history = [&service, all](storage::Act& act, const std::string& id) {
    return service.history(act, id).map(all);
  };
  if (from != nullptr)
    type.accept = [&service, from, to](const std::string& id,
                                       const base::Json& body) -> base::Result<rest::Write> {
      auto record = from(body);
      if (!record) return base::pass(record);
      record->id = id;
      return rest::Write([&service, to, record = std::move(*record)](
                             storage::Act& act,
                             std::optional<std::int64_t> if_match) -> base::Result<rest::Saved> {
        auto stored = service.save(act, record, if_match);
        if (!stored) return base::pass(stored);
        return rest::Saved{stored->record.version, stored->created,
                           [to, now = std::move(stored->record)] { return to(now); }};
      });
    };
  type.search = [&service, by = std::move(by), all](
                    storage::Act& act, const rest::SearchQuery& query) -> base::Result<rest::Found> {
    auto listed = service.search(act, by, query);
    if (!listed) return base::pass(listed);
    rest::Found found(all(listed->records));
    found.next = std::move(listed->next);
    return found;
  };
  type.page = pages(service.records(), service.type(),
                    [to](storage::Act&, const Record& record) { return to(record); });
  return type;
}

}  // namespace facet::clinic
