// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <set>

#include "clinic/roles.h"
#include "rest/fhir_type.h"

namespace facet::clinic {

/// Throws StorageError. True if the patient is known and was not erased.
bool patient_exists(storage::Act& act, const std::string& patient_id);

/// Throws StorageError. True if the visit is one of that patient.
bool has_visit(storage::Act& act, const std::string& patient_id, const std::string& encounter_id);

/// What differs between one type of record and another.
template <class Record>
struct RecordRules {
  std::string type;  // FHIR
  Permission read;
  Permission write;
  /// Refuses a record that breaks a rule, or completes it, before it is written; may be empty.
  std::function<base::Status(storage::Act&, Record&)> check = {};
  /// Goes with every new version, in the same transaction; may be empty.
  std::function<base::Status(storage::Act&, const Record&, bool created)> follow = {};
};

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
    if constexpr (requires { record.encounter_id; })
      if (record.encounter_id && !has_visit(act, record.patient_id, *record.encounter_id))
        return base::invalid(rules_.type + ".encounter", "This patient has no visit with this id.");
    if constexpr (requires { record.patient_id; })
      if (const auto before = if_match ? records_->current(act, record.id) : std::nullopt;
          before && before->patient_id != record.patient_id)
        return base::invalid(rules_.type + ".subject", "A record stays with its patient.");
    if (rules_.check)
      if (auto ok = rules_.check(act, record); !ok) return base::pass(ok);
    auto stored = records_->put(act, std::move(record), if_match);
    if (stored && rules_.follow)
      if (auto ok = rules_.follow(act, stored->record, stored->created); !ok) return base::pass(ok);
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

  /// Current records by a condition, as Records::where. Errors: denied.
  template <class... In>
  base::Result<std::vector<Record>> list(storage::Act& act, std::string_view condition,
                                         std::string_view tail, const In&... in) const {
    if (!may(act.who, rules_.read)) {
      act.touch('R', rules_.type, "", {});
      return base::fail(base::ErrorCode::denied, rules_.type, "Your role does not allow this.");
    }
    auto records = records_->where(act, condition, tail, in...);
    for (const auto& record : records)
      for (const auto& patient : patients(record)) act.touch_list(rules_.type, patient);
    if (records.empty()) act.touch('R', rules_.type, "", {});
    return records;
  }

  const storage::Records<Record>& records() const { return *records_; }
  const std::string& type() const { return rules_.type; }

 private:
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

/// The usual FhirType of a RecordService: `from` reads a resource (its id is set after), `to` writes
/// one, `search` answers queries over `search_parameters`. The service must outlive the FhirType.
template <class Record>
rest::FhirType fhir_type(
    const RecordService<Record>& service, base::Result<Record> (*from)(const base::Json&),
    base::Json (*to)(const Record&), std::vector<std::string> search_parameters,
    std::function<base::Result<std::vector<Record>>(storage::Act&, const rest::SearchQuery&)> search) {
  rest::FhirType type;
  type.name = service.type();
  type.search_parameters = std::move(search_parameters);
  type.read = [&service, to](storage::Act& act, const std::string& id,
                             std::optional<std::int64_t> version) {
    return service.find(act, id, version).map(to);
  };
  type.save = [&service, from, to](storage::Act& act, const std::string& id, const base::Json& body,
                                   std::optional<std::int64_t> if_match) -> base::Result<rest::Saved> {
    auto record = from(body);
    if (!record) return base::pass(record);
    record->id = id;
    auto stored = service.save(act, std::move(*record), if_match);
    if (!stored) return base::pass(stored);
    return rest::Saved{to(stored->record), stored->created};
  };
  type.search = [search = std::move(search), to](
                    storage::Act& act, const rest::SearchQuery& query) -> base::Result<std::vector<base::Json>> {
    auto records = search(act, query);
    if (!records) return base::pass(records);
    std::vector<base::Json> resources;
    for (const auto& record : *records) resources.push_back(to(record));
    return resources;
  };
  type.page = pages(service.records(), service.type(),
                    [to](storage::Act&, const Record& record) { return to(record); });
  return type;
}

}  // namespace facet::clinic
