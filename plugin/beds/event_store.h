// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "bedlink/messages.h"
#include "storage/transaction.h"

namespace facet::beds {

/// The beds' journals (bed_event). All throw StorageError.

/// The last number of a journal that is here; 0 if none.
std::int64_t last_event(storage::Transaction& tx, const std::string& device_id,
                        const std::string& journal_id);
/// The hash of a stored event.
std::optional<std::string> event_hash(storage::Transaction& tx, const std::string& device_id,
                                      const std::string& journal_id, std::int64_t number);
void insert_event(storage::Transaction& tx, const std::string& device_id,
                  const std::string& journal_id, const bedlink::Event& event, std::int64_t now_ms);

/// Notes that a journal goes on after numbers that never came: all up to `through`. The bed deletes
/// only what was acknowledged, so this clinic had them and lost them (a restored backup).
void note_gap(storage::Transaction& tx, const std::string& device_id, const std::string& journal_id,
              std::int64_t from, std::int64_t through, std::int64_t now_ms);
/// Keeps an event that has the number of another one: the bed is quarantined until paired again.
void note_contradiction(storage::Transaction& tx, const std::string& device_id,
                        const std::string& journal_id, const bedlink::Event& event,
                        std::int64_t now_ms);
bool is_quarantined(storage::Transaction& tx, const std::string& device_id);

}  // namespace facet::beds
