// SPDX-License-Identifier: MPL-2.0
#include "clinic/patient_store.h"

#include "clinic/names_fhir.h"

namespace facet::clinic {

using storage::column;
using storage::sealed_column;

std::unique_ptr<storage::Records<Patient>> patient_records() {
  return storage::versioned_table<Patient>(
      "patient", column("organization_id", &Patient::organization_id),
      column("active", &Patient::active), sealed_column("name_sealed", &Patient::names),
      sealed_column("birth_date_sealed", &Patient::birth_date),
      sealed_column("telecom_sealed", &Patient::telecom),
      sealed_column("address_sealed", &Patient::address),
      sealed_column("identifier_sealed", &Patient::identifiers),
      column("gender", &Patient::gender), column("deceased_ms", &Patient::deceased_ms));
}

void index_name(storage::Act& act, const Patient& patient) {
  act.tx.execute("delete from patient_name_token where patient_id = :patient", patient.id);
  if (!patient.names) return;
  for (const auto& token : act.keys.name_tokens(words_of_names(base::Json::parse(*patient.names))))
    act.tx.execute("insert into patient_name_token (token, patient_id) values (:token, :patient)",
                   token, patient.id);
}

std::vector<std::string> find_by_name(storage::Act& act, std::string_view typed, int limit) {
  const auto tokens = act.keys.typed_tokens(typed);
  std::vector<std::string> ids;
  if (tokens.empty()) return ids;
  // The first word bounds the search; further words are checked row by row in the index.
  const std::string more = "select 1 from patient_name_token b where b.patient_id = a.patient_id and b.token = ";
  std::string sql = "select patient_id from patient_name_token a where token = :token";
  std::vector<storage::Value> values{tokens[0]};
  for (std::size_t i = 1; i < tokens.size() && i < 5; ++i) {
    sql += " and exists (" + more + ":token" + std::to_string(i) + ")";
    values.emplace_back(tokens[i]);
  }
  sql += " order by patient_id limit :most";
  values.emplace_back(std::int64_t{limit});
  act.tx.each<std::string>(sql, values, [&ids](std::string id) { ids.push_back(std::move(id)); });
  return ids;
}

}  // namespace facet::clinic
