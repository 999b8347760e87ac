// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "storage/transaction.h"

namespace facet::beds {

/// Which gateway speaks for a bed (bed_lease) and with which keys a bed may come (bed_credential).
/// All throw StorageError.

/// Takes a bed for `holder`, or keeps it: the fencing epoch, which grows whenever the holder
/// changes. Nothing while somebody else's lease runs.
std::optional<std::int64_t> take_lease(storage::Transaction& tx, const std::string& device_id,
                                       const std::string& holder, std::int64_t now_ms,
                                       std::int64_t expires_ms);
/// False if it was lost to somebody else.
bool renew_lease(storage::Transaction& tx, const std::string& device_id, const std::string& holder,
                 std::int64_t epoch, std::int64_t expires_ms);
void release_lease(storage::Transaction& tx, const std::string& device_id,
                   const std::string& holder, std::int64_t epoch);
bool holds_lease(storage::Transaction& tx, const std::string& device_id, const std::string& holder,
                 std::int64_t epoch, std::int64_t now_ms);
/// Some gateway has the bed on the line.
bool is_leased(storage::Transaction& tx, const std::string& device_id, std::int64_t now_ms);

/// On the allow-list, of a bed that is in use.
bool is_allowed(storage::Transaction& tx, const std::string& device_id, const std::string& spki);
void allow_key(storage::Transaction& tx, const std::string& device_id, const std::string& spki,
               const std::string& certificate_pem, std::int64_t now_ms);
/// Revokes a bed's keys, or those that were paired before one. Gives how many.
std::int64_t revoke_keys(storage::Transaction& tx, const std::string& device_id,
                         std::int64_t now_ms);
std::int64_t revoke_keys_before(storage::Transaction& tx, const std::string& device_id,
                                const std::string& spki, std::int64_t now_ms);
/// Certificates that a bed ever had, newest first.
std::vector<std::string> certificates_of(storage::Transaction& tx, const std::string& device_id);

}  // namespace facet::beds
