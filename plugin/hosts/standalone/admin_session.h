// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "hosts/standalone/clinic.h"
#include "hosts/standalone/fhir_client.h"

namespace facet::hosts {

/// The plugin on a data folder for one command, without its gateway, asked by the person at the
/// keyboard: whoever may read the keys may administer the clinic.
class AdminSession {
 public:
  AdminSession(const std::filesystem::path& plugin, const std::filesystem::path& data,
               std::vector<std::string> roles = {"admin"}, const Config& more = {});

  FhirClient& client() { return client_; }

 private:
  DataFolder folder_;
  Clinic clinic_;
  FhirClient client_;
};

}  // namespace facet::hosts
