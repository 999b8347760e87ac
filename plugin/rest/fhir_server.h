// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/fhir_type.h"
#include "rest/router.h"
#include "storage/act.h"

namespace facet::rest {

/// What a search wants besides its matches: resources that they refer to (_include), and those that
/// refer to them (_revinclude).
struct Includes {
  struct One {
    std::string type;       // that has the reference
    std::string parameter;  // its search parameter
  };
  std::vector<One> forward, reverse;
};

/// The version in If-Match, W/"3"; nothing if there is none. Errors: invalid.
base::Result<std::optional<std::int64_t>> if_match_of(std::optional<std::string_view> header);

/// FHIR R4 over the types that features registered: read, vread, history, create, PUT with a
/// client-made id, search, transaction Bundles and the CapabilityStatement. A change's reason comes as
/// Provenance, in the header X-Provenance or as an entry of the transaction.
/// Threads: safe once mounted.
class FhirServer {
 public:
  explicit FhirServer(storage::Acts& acts) : acts_(acts) {}

  void add(FhirType type) { types_.push_back(std::move(type)); }
  /// Names in the CapabilityStatement what routes of their own serve.
  void declare(std::string type, std::vector<std::string> interactions,
               std::vector<std::string> operations = {}) {
    declared_.push_back({std::move(type), std::move(interactions), std::move(operations)});
  }
  /// In the order in which they were added.
  const std::vector<FhirType>& types() const { return types_; }
  /// Adds the routes of every type; call after the last add().
  void mount(Router& router);
  /// Runs a transaction Bundle; gives the transaction-response. Errors: the first entry's that was
  /// refused, with every other one's among its reasons; what ran before must be rolled back.
  base::Result<base::Json> run_transaction(storage::Act& act, base::Json bundle) const;

 private:
  void search(const FhirType& type, const Request& request, const Pairs& parameters,
              Response& response);
  void search_form(const FhirType& type, const Request& request, Response& response);
  struct Searched {
    base::Json entries;
    std::optional<Cursor> next;
  };
  base::Result<Searched> run_search(storage::Act& act, const FhirType& type, const SearchQuery& query,
                                    const Includes& includes) const;
  void history(const FhirType& type, const Request& request, const std::string& id,
               Response& response);
  void read(const FhirType& type, const Request& request, const std::string& id,
            std::optional<std::int64_t> version, Response& response);
  void save(const FhirType& type, const Request& request, const std::string& id, Response& response);
  void transaction(const Request& request, Response& response);
  /// One entry of a transaction, ready to be written.
  struct Step {
    std::string type, id;
    std::optional<std::int64_t> if_match;
    std::optional<std::string> reason;  // of a Provenance, which writes nothing itself
    base::Result<Write> write;
  };
  using Steps = std::vector<Step>;
  base::Result<Steps> read_transaction(base::Json bundle) const;
  base::Result<Write> read_step(const std::string& type_name, const std::string& id,
                                const base::Json& body) const;
  base::Result<base::Json> run(storage::Act& act, const base::Result<Steps>& steps) const;
  base::Result<base::Json> run_step(storage::Act& act, const Step& step) const;
  const FhirType* find(std::string_view name) const;
  base::Json capabilities() const;

  storage::Acts& acts_;
  struct Declared {
    std::string type;
    std::vector<std::string> interactions, operations;
  };
  std::vector<FhirType> types_;
  std::vector<Declared> declared_;
};

}  // namespace facet::rest
