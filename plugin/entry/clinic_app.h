// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <memory>

#include "entry/settings.h"
#include "rest/message.h"

namespace facet::entry {

/// All of Facet put together: the database, every feature, the routes, the bed gateway.
/// Threads: handle() is safe; create and destroy on one thread.
class ClinicApp {
 public:
  /// Opens the data folder, migrates, and starts the gateway if it is enabled. With
  /// `settings.create`, makes keys and database in a folder that has none.
  /// Errors: unavailable, conflict (newer or altered data), invalid; nothing is left open.
  static base::Result<std::unique_ptr<ClinicApp>> open(const Settings& settings);
  virtual ~ClinicApp() = default;

  /// Answers one request. Throws only what a defect throws.
  virtual void handle(const rest::Request& request, rest::Response& response) = 0;

  /// Everything that is served, as "GET /fhir/Patient/{id}".
  virtual std::vector<std::string> addresses() const = 0;
};

}  // namespace facet::entry
