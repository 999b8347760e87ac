// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <functional>

#include "rest/message.h"
#include "rest/reader.h"
#include "rest/search.h"
#include "storage/versioned_table.h"

namespace facet::rest {

/// A version that was written. Its resource is made where it is needed, after the act.
struct Saved {
  storage::Version version;
  bool created = false;
  std::function<base::Json()> resource;
};

/// Writes what was read from a body; may run more than once, and changes nothing of its own.
using Write =
    std::function<base::Result<Saved>(storage::Act&, std::optional<std::int64_t> if_match)>;

/// What a search found: one page, and where the next one begins.
struct Found {
  std::vector<base::Json> resources;
  std::optional<Cursor> next = {};  // nothing if this is the last page

  Found(std::vector<base::Json> all) : resources(std::move(all)) {}
  Found() = default;
};

/// A part of all current resources of a type.
struct Page {
  std::vector<base::Json> resources;
  std::string next;  // what asks for the page after this one; empty if this is the last
};

/// How one FHIR type is read, written and searched. What is not set is not supported, and is left out
/// of the CapabilityStatement.
struct FhirType {
  std::string name;
  /// Besides _id and _lastUpdated, which every type takes that `searches_columns`.
  std::vector<SearchParameter> search_parameters;
  bool searches_columns = false;
  std::function<base::Result<base::Json>(storage::Act&, const std::string& id,
                                         std::optional<std::int64_t> version)>
      read;
  /// All versions, newest first.
  std::function<base::Result<std::vector<base::Json>>(storage::Act&, const std::string& id)> history;
  /// Reads a body, which needs no act: nobody waits for it. Errors: invalid.
  std::function<base::Result<Write>(const std::string& id, const base::Json& body)> accept;
  std::function<base::Result<Found>(storage::Act&, const SearchQuery&)> search;
  /// All current resources, for exports: the first `most` if `from` is empty, then from Page::next on.
  /// Authorises an export and notes whose data it is.
  std::function<base::Result<Page>(storage::Act&, const std::string& from, int most)> page;
};

}  // namespace facet::rest
