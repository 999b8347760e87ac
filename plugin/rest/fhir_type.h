// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <functional>

#include "rest/message.h"
#include "rest/reader.h"
#include "rest/search.h"
#include "storage/versioned_table.h"

namespace facet::rest {

struct Saved {
  base::Json resource;
  bool created = false;
};

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
  std::function<base::Result<Saved>(storage::Act&, const std::string& id, const base::Json& body,
                                    std::optional<std::int64_t> if_match)>
      save;
  std::function<base::Result<Found>(storage::Act&, const SearchQuery&)> search;
  /// All current resources, for exports: the first `most` if `from` is empty, then from Page::next on.
  /// Authorises an export and notes whose data it is.
  std::function<base::Result<Page>(storage::Act&, const std::string& from, int most)> page;
};

}  // namespace facet::rest
