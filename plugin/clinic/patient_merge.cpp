// SPDX-License-Identifier: MPL-2.0
#include "clinic/patient_merge.h"

#include "clinic/patient_index.h"
#include "clinic/patient_store.h"
#include "clinic/record_service.h"
#include "clinic/visit_rules.h"

namespace facet::clinic {
namespace {

using base::ErrorCode;
using base::Result;
using base::Status;
using storage::Act;

struct Pair {
  Patient target, source;
};

std::optional<std::string> target_of(Act& act, const std::string& source_id) {
  const auto row = act.tx.query_one<std::string>(
      "select target_id from patient_merge where source_id = :source", source_id);
  if (!row) return {};
  return std::get<0>(*row);
}

/// Both records, if the principal may merge them and says why.
Result<Pair> both(Act& act, const std::string& target_id, const std::string& source_id) {
  if (auto ok = authorise(act, Permission::merge_patients, 'U', "Patient", target_id,
                          {target_id, source_id});
      !ok)
    return base::pass(ok);
  if (act.reason.empty())
    return base::invalid("X-Provenance",
                         "Say why: whoever reads this later must be able to judge it.");
  if (target_id == source_id)
    return base::invalid("Parameters.parameter", "A record cannot be merged with itself.");
  const auto records = patient_records();
  Pair pair;
  for (const auto& [id, record] :
       {std::pair{&target_id, &pair.target}, std::pair{&source_id, &pair.source}}) {
    auto found = patient_exists(act, *id) ? records->current(act, *id) : std::nullopt;
    if (!found)
      return base::fail(ErrorCode::not_found, "Patient", "There is no Patient/" + *id + ".");
    *record = std::move(*found);
  }
  return pair;
}

/// The next version of both, each with its provenance.
Result<Patient> write(Act& act, Pair pair, const std::string& activity) {
  const auto records = patient_records();
  const auto source = records->amend(act, std::move(pair.source));
  const auto target = records->amend(act, std::move(pair.target));
  if (auto ok = index_patient(act, source); !ok) return base::pass(ok);
  for (const Patient* one : {&source, &target})
    leave_provenance(act, {"Patient", one->id, one->version.number, one->id, Change::amends},
                     activity);
  return target;
}

}  // namespace

std::vector<std::string> same_person(Act& act, const std::string& patient_id) {
  std::vector<std::string> ids{patient_id};
  for (auto& [source] : act.tx.query<std::string>(
           "select source_id from patient_merge where target_id = :target order by source_id",
           patient_id))
    ids.push_back(std::move(source));
  return ids;
}

std::multimap<std::string, std::string> merged_into(Act& act, const std::string& first,
                                                    const std::string& last) {
  std::multimap<std::string, std::string> found;
  for (auto& [target, source] : act.tx.query<std::string, std::string>(
           "select target_id, source_id from patient_merge where target_id >= :first and "
           "target_id <= :last order by target_id, source_id",
           first, last))
    found.emplace(std::move(target), std::move(source));
  return found;
}

Result<Patient> merge_patients(Act& act, const std::string& target_id,
                               const std::string& source_id) {
  auto pair = both(act, target_id, source_id);
  if (!pair) return base::pass(pair);
  for (const auto& id : {target_id, source_id})
    if (const auto other = target_of(act, id))
      return base::fail(ErrorCode::conflict, "Patient.link",
                        "Patient/" + id + " is merged into Patient/" + *other + " already.");
  if (same_person(act, source_id).size() > 1)
    return base::fail(ErrorCode::conflict, "Patient.link",
                      "Other records are merged into Patient/" + source_id +
                          "; merge into that one, or un-merge them first.");
  act.tx.execute(
      "insert into patient_merge (source_id, target_id, merged_ms, merged_by) values "
      "(:source, :target, :now, :who)",
      source_id, target_id, act.now_ms, act.who.user_id);
  pair->source.replaced_by_id = target_id;
  pair->source.active = false;
  return write(act, std::move(*pair), "merge");
}

Result<Patient> unmerge_patients(Act& act, const std::string& target_id,
                                 const std::string& source_id) {
  auto pair = both(act, target_id, source_id);
  if (!pair) return base::pass(pair);
  if (target_of(act, source_id) != target_id)
    return base::fail(ErrorCode::conflict, "Patient.link",
                      "Patient/" + source_id + " is not merged into Patient/" + target_id + ".");
  act.tx.execute("delete from patient_merge where source_id = :source", source_id);
  pair->source.replaced_by_id.reset();
  for (const auto& version : patient_records()->versions(act, source_id))
    if (!version.replaced_by_id) {
      pair->source.active = version.active;
      break;
    }
  return write(act, std::move(*pair), "unmerge");
}

}  // namespace facet::clinic
