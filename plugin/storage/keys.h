// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <filesystem>
#include <string>

#include "base/result.h"

namespace facet::storage {

/// The clinic's symmetric keys, 32 bytes each, one file each (mode 0600) below DIR/keys; never in
/// the database or its backup.
struct Keys {
  std::string clinic;  // wraps the patients' data keys (AES-256-GCM)
  std::string index;   // blinds names for search (HMAC)
  std::string audit;   // chains the audit trail (HMAC)

  std::string clinic_next = {};           // takes the place of `clinic`; empty if none is to
  std::filesystem::path folder = {};      // where they came from; empty if from nowhere
};

/// Makes the folder and the files. Errors: conflict if one of them exists.
base::Result<Keys> create_keys(const std::filesystem::path& folder);

/// Errors: unavailable if a file is missing, of the wrong size, or readable by others.
base::Result<Keys> load_keys(const std::filesystem::path& folder);

/// One key from its file. Errors: as load_keys.
base::Result<std::string> load_key(const std::filesystem::path& file);

/// Makes the file of a key that is to take the place of the clinic's, if there is none yet. It is
/// whole and on the disk, or not there at all. Errors: unavailable.
base::Status create_next_clinic_key(const std::filesystem::path& folder);

/// Puts the next key in the place of the clinic's, whose bytes are overwritten. At every moment one
/// of the two names leads to the next key. Errors: unavailable.
base::Status replace_clinic_key(const std::filesystem::path& folder);

}  // namespace facet::storage
