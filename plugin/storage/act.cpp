// SPDX-License-Identifier: MPL-2.0
#include "storage/act.h"

#include <algorithm>

#include "storage/audited_request.h"

namespace facet::storage {

using base::ErrorCode;

const PatientCipher& Act::cipher(const std::string& patient_id) {
  auto found = ciphers_.find(patient_id);
  if (found == ciphers_.end())
    found = ciphers_.emplace(patient_id, keys.get(tx, patient_id)).first;
  return found->second;
}

void Act::create_cipher(const std::string& patient_id) {
  ciphers_.insert_or_assign(patient_id, keys.create(tx, patient_id, now_ms));
}

void Act::touch_list(const std::string& type, const std::string& patient_id) {
  const auto list = std::find_if(accesses.begin(), accesses.end(), [&](const Access& access) {
    return access.action == 'R' && access.id.empty() && access.type == type;
  });
  if (list == accesses.end()) return touch('R', type, "", {patient_id});
  auto& ids = list->patient_ids;
  if (std::find(ids.begin(), ids.end(), patient_id) == ids.end()) ids.push_back(patient_id);
}

void Acts::append(Transaction& tx, const base::Principal& who, const Notes& notes,
                  std::int64_t now_ms) const {
  for (const auto& write : notes.lasting) write(tx);
  audit_.append(tx, who, notes.accesses, now_ms);
}

base::Status Acts::append_alone(const base::Principal& who, const Notes& notes,
                                std::int64_t now_ms) {
  return database_.write([&](Transaction& tx) -> base::Status {
    append(tx, who, notes, now_ms);
    return {};
  });
}

void Acts::refused(const base::Principal& who, Notes notes, const base::Error& error,
                   std::int64_t now_ms) {
  // What was noted before the refusal was rolled back; one event tells what was refused.
  auto* request = AuditedRequest::current();
  // If this fails too the database is down, and the caller already gets the error that says so.
  const auto written = database_.write([&](Transaction& tx) -> base::Status {
    Access refusal = !notes.accesses.empty() ? notes.accesses.back()
                     : request != nullptr    ? request->what(tx)
                                             : Access{};
    refusal.outcome =
        error.code == ErrorCode::internal || error.code == ErrorCode::unavailable ? "8" : "4";
    refusal.reason = error.field;  // the message may repeat what the caller sent
    append(tx, who, {{std::move(refusal)}, notes.lasting}, now_ms);
    return {};
  });
  if (written && request != nullptr) request->set_refused();
}

}  // namespace facet::storage
