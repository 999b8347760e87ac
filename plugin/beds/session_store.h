// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "beds/session.h"
#include "storage/transaction.h"

namespace facet::beds {

/// Signed orders (bed_order) and where they stand (bed_session). All throw StorageError.

/// Stores an order as signed, in state `ordered`.
void insert_session(storage::Transaction& tx, const Session& session,
                    const std::string& patient_ref, std::int64_t now_ms);
std::optional<Session> find_session(storage::Transaction& tx, const std::string& order_id);
/// Everything that is live on a bed, in the order in which it was signed.
std::vector<Session> live_sessions(storage::Transaction& tx, const std::string& device_id);
/// What is live on a bed, and what ended there since a moment.
std::vector<Session> recent_sessions(storage::Transaction& tx, const std::string& device_id,
                                     std::int64_t since_ms);
void set_session_state(storage::Transaction& tx, const std::string& order_id,
                       const std::string& state, const std::string& reason, std::int64_t elapsed_s,
                       std::int64_t now_ms);
/// The number that the next order to a bed carries.
std::int64_t next_counter(storage::Transaction& tx, const std::string& device_id);

/// True if an appointment may still take place, and does so where, when and for what it did at a
/// version: what was signed for that version stands. Arriving and checking in change nothing of it.
bool stands_as_signed(storage::Transaction& tx, const std::string& appointment_id,
                      std::int64_t version);

/// Ids of appointments on a bed that may still take place, start before `until_ms`, are not over, have
/// no order that stands_as_signed(), and no live order at all. Soonest first.
std::vector<std::string> unordered_appointments(storage::Transaction& tx,
                                                const std::string& device_id, std::int64_t now_ms,
                                                std::int64_t until_ms);

}  // namespace facet::beds
