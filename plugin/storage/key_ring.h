// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <map>
#include <mutex>

#include "storage/keys.h"
#include "storage/transaction.h"

namespace facet::storage {

/// The clinic's keys by their ids: one, or two while one takes the other's place. Another program
/// may do that; so an id that is not known is looked for in DIR/keys before it is given up.
/// Threads: safe. Throws StorageError.
class KeyRing {
 public:
  explicit KeyRing(const Keys& keys);

  /// The id of the key that wraps new data keys, which is the database's to say. In an empty
  /// database it becomes the one in DIR/keys/clinic.key.
  std::string newest(Transaction& tx, std::int64_t now_ms);

  std::string wrap(const std::string& id, std::string_view data_key, const std::string& patient_id);
  std::string unwrap(const std::string& id, std::string_view wrapped,
                     const std::string& patient_id);

  /// Reads the folder again; keys that are no longer there are forgotten. Errors: unavailable.
  base::Status reload();
  /// The id of the key that is to take the other's place; empty if there is none.
  std::string next_id() const;
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::string key(const std::string& id);
  void fill(const Keys& keys);

  const std::filesystem::path folder_;
  mutable std::mutex mutex_;
  std::map<std::string, std::string> keys_;  // guarded by mutex_
  std::string clinic_id_, next_id_;          // guarded by mutex_
};

}  // namespace facet::storage
