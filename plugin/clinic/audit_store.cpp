// SPDX-License-Identifier: MPL-2.0
#include "clinic/audit_store.h"

#include <algorithm>

namespace facet::clinic {
namespace {

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  while (start < list.size()) {
    const auto comma = std::min(list.find(',', start), list.size());
    parts.push_back(list.substr(start, comma - start));
    start = comma + 1;
  }
  return parts;
}

std::vector<AuditEvent> load(storage::Act& act, std::string_view sql,
                             const std::vector<storage::Value>& in) {
  using std::int64_t;
  using std::string;
  std::vector<AuditEvent> events;
  act.tx.each<string, int64_t, string, int64_t, string, string, string, string, string, string,
              string, string, string, string, string>(
      sql, in,
      [&](string chain, int64_t number, string id, int64_t recorded_ms, string principal,
          string roles, string remote, string purpose, string action, string type,
          string resource_id, string patients, string outcome, string reason, string mac) {
        events.push_back({std::move(chain), number, std::move(id), recorded_ms,
                          std::move(principal), split(roles), std::move(remote),
                          std::move(purpose), std::move(action), std::move(type),
                          std::move(resource_id), split(patients), std::move(outcome),
                          std::move(reason), std::move(mac)});
      });
  return events;
}

const std::string columns =
    "select e.chain, e.number, e.id, e.recorded_ms, e.principal, e.roles, e.remote, e.purpose, "
    "e.action, e.resource_type, e.resource_id, e.patient_ids, e.outcome, e.reason, e.mac ";

}  // namespace

std::vector<AuditEvent> audit_of_patient(storage::Act& act, const std::string& patient_id,
                                         int most) {
  static const std::string sql =
      columns +
      "from audit_patient p join audit_event e on e.chain = p.chain and e.number = p.number "
      "where p.patient_id = :patient order by e.recorded_ms desc, e.number desc limit :most";
  return load(act, sql, {storage::to_value(patient_id), storage::to_value(most)});
}

std::vector<AuditEvent> audit_after(storage::Act& act, const AuditPlace& place, int most) {
  static const std::string sql =
      columns +
      "from audit_event e where (e.chain, e.number) > (:chain, :number) "
      "order by e.chain, e.number limit :most";
  return load(act, sql,
              {storage::to_value(place.chain), storage::to_value(place.number),
               storage::to_value(most)});
}

}  // namespace facet::clinic
