// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <map>

#include "base/json.h"
#include "entry/clinic_app.h"
#include "store/engines.h"

namespace facet::testing {

using base::Json;

struct Answer {
  int status = 0;
  std::map<std::string, std::string> headers;
  std::string body;

  Json json() const;
  /// Of an OperationOutcome: where, and what.
  std::string field() const;
  std::string message() const;
  /// Every issue's text.
  std::string all_text() const { return body; }
};

/// Who asks. `nobody` has not logged in.
using Who = std::optional<base::Principal>;
inline const Who nobody;
inline const Who physio = base::Principal{"physio", {"physiotherapist"}, "10.0.0.1", ""};
inline const Who reception = base::Principal{"desk", {"reception"}, "10.0.0.2", ""};
inline const Who admin = base::Principal{"boss", {"admin"}, "10.0.0.3", ""};

/// One request to an instance of Facet.
Answer ask(entry::ClinicApp& app, const Who& who, std::string_view method, const std::string& url,
           const std::string& body = {}, const rest::Pairs& headers = {});

/// All of Facet on a database of its own, and the one way in. With `furnish`, it has a site, a
/// room, a bed, the practitioners `physio` (registered), `other` (registered) and `lapsed`, and the
/// schedule.
class Door {
 public:
  explicit Door(Dialect dialect, bool furnished = true);

  Answer send(const Who& who, std::string_view method, const std::string& url,
              const std::string& body = {}, const rest::Pairs& headers = {});
  Answer get(const Who& who, const std::string& url) { return send(who, "GET", url); }
  Answer put(const Who& who, const Json& resource, const std::string& if_match = {});
  Answer post(const Who& who, const std::string& url, const Json& body) {
    return send(who, "POST", url, body.dump());
  }
  /// PUT that must succeed; gives the id.
  std::string must(const Who& who, const Json& resource);

  /// Of the current content of the database.
  std::int64_t count(const std::string& sql);
  /// Rows of every table that an input could leave behind.
  std::int64_t rows();
  std::vector<std::string> addresses() const { return app_->addresses(); }
  /// Closes Facet: the files are whole.
  void close() { app_.reset(); }

  Scratch scratch;
  entry::Settings settings;

 private:
  void furnish();
  std::unique_ptr<entry::ClinicApp> app_;
  std::unique_ptr<storage::Database> peek_;
};

}  // namespace facet::testing
